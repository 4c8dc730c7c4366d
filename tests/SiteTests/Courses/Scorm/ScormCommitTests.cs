using TrainingSite.Courses.Scorm;

namespace TrainingSite.SiteTests.Courses.Scorm;

/// <summary>When what a package says counts as done, and how long it says it took.</summary>
public sealed class ScormCommitTests
{
    [Theory]
    [InlineData(ScormEdition.Scorm12, ScormStatus.Passed, ScormSuccess.Unknown, true)]
    [InlineData(ScormEdition.Scorm12, ScormStatus.Completed, ScormSuccess.Unknown, true)]
    [InlineData(ScormEdition.Scorm12, ScormStatus.Failed, ScormSuccess.Unknown, false)]
    [InlineData(ScormEdition.Scorm12, ScormStatus.Browsed, ScormSuccess.Unknown, false)]
    [InlineData(ScormEdition.Scorm12, ScormStatus.Incomplete, ScormSuccess.Unknown, false)]
    [InlineData(ScormEdition.Scorm2004, ScormStatus.Completed, ScormSuccess.Unknown, true)]
    [InlineData(ScormEdition.Scorm2004, ScormStatus.Completed, ScormSuccess.Passed, true)]
    [InlineData(ScormEdition.Scorm2004, ScormStatus.Completed, ScormSuccess.Failed, false)]
    [InlineData(ScormEdition.Scorm2004, ScormStatus.Incomplete, ScormSuccess.Passed, true)]
    [InlineData(ScormEdition.Scorm2004, ScormStatus.Unknown, ScormSuccess.Unknown, false)]
    public void IsDone_Status_FollowsTheEdition(ScormEdition edition, ScormStatus status, ScormSuccess success, bool done) =>
        Assert.Equal(done, new ScormCommit { Status = status, Success = success }.IsDone(edition));

    [Theory]
    [InlineData(ScormEdition.Scorm12, null, 0)]
    [InlineData(ScormEdition.Scorm12, "00:01:30", 90)]
    [InlineData(ScormEdition.Scorm12, "0001:02:03.45", 3723)]
    [InlineData(ScormEdition.Scorm12, "9999:00:00", 86_400)]
    [InlineData(ScormEdition.Scorm12, "1:2:3", null)]
    [InlineData(ScormEdition.Scorm2004, "PT1H2M3.4S", 3723)]
    [InlineData(ScormEdition.Scorm2004, "P30D", 86_400)]
    [InlineData(ScormEdition.Scorm2004, "P", null)]
    [InlineData(ScormEdition.Scorm2004, "P99999999999999D", null)]
    [InlineData(ScormEdition.Scorm2004, "-PT1H", null)]
    public void Seconds_Time_FollowsTheEdition(ScormEdition edition, string? time, int? seconds) =>
        Assert.Equal(seconds, new ScormCommit { SessionTime = time }.Seconds(edition));
}
