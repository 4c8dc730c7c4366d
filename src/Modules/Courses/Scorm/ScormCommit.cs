using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace TrainingSite.Courses.Scorm;

/// <summary>What the page of a package saves: all that the content has said so far in one opening. Nothing in it is believed but that the content says so.</summary>
public sealed partial class ScormCommit
{
    /// <summary>Longest place, in characters (2004; 1.2 has 255).</summary>
    public const int LongestLocation = 1_000;

    /// <summary>Longest memory, in characters (2004; 1.2 has 4,096, which many packages exceed).</summary>
    public const int LongestSuspendData = 64_000;

    private const int LongestSession = 24 * 60 * 60;

    /// <summary>Of which package.</summary>
    [Required, RegularExpression("[0-9a-f]{64}")]
    public string Package { get; set; } = "";

    /// <summary>Which opening, as the server counted it.</summary>
    [Range(1, int.MaxValue)]
    public int Session { get; set; }

    /// <summary>Which save of this opening, from 1.</summary>
    [Range(1, int.MaxValue)]
    public int Sequence { get; set; }

    /// <summary>How far.</summary>
    public ScormStatus Status { get; set; }

    /// <summary>Mastered or not (2004).</summary>
    public ScormSuccess Success { get; set; }

    [Range(-1e9, 1e9)]
    public double? ScoreRaw { get; set; }

    [Range(-1e9, 1e9)]
    public double? ScoreMin { get; set; }

    [Range(-1e9, 1e9)]
    public double? ScoreMax { get; set; }

    [Range(-1.0, 1.0)]
    public double? ScoreScaled { get; set; }

    [MaxLength(LongestLocation)]
    public string? Location { get; set; }

    [MaxLength(LongestSuspendData)]
    public string? SuspendData { get; set; }

    /// <summary>Time of this opening, in the edition's own form: <c>0001:02:03.45</c> or <c>PT1H2M3S</c>.</summary>
    [MaxLength(40)]
    public string? SessionTime { get; set; }

    /// <summary>Whether the person means to go on.</summary>
    public bool Suspended { get; set; }

    /// <summary>Whether that counts as done: 1.2 completed or passed; 2004 passed, or completed and not failed.</summary>
    public bool IsDone(ScormEdition edition) => edition switch
    {
        ScormEdition.Scorm12 => Status is ScormStatus.Completed or ScormStatus.Passed,
        ScormEdition.Scorm2004 => Success == ScormSuccess.Passed || (Status == ScormStatus.Completed && Success != ScormSuccess.Failed),
    };

    /// <summary>Whether the edition has such a status.</summary>
    public bool Fits(ScormEdition edition) => edition switch
    {
        ScormEdition.Scorm12 => Status != ScormStatus.Unknown && Success == ScormSuccess.Unknown,
        ScormEdition.Scorm2004 => Status is ScormStatus.NotAttempted or ScormStatus.Unknown or ScormStatus.Incomplete or ScormStatus.Completed,
    };

    /// <summary>Seconds of this opening, at most a day; null when it is no time.</summary>
    public int? Seconds(ScormEdition edition)
    {
        if (string.IsNullOrEmpty(SessionTime))
        {
            return 0;
        }

        double seconds;
        switch (edition)
        {
            case ScormEdition.Scorm12 when Timespan().Match(SessionTime) is { Success: true } parts:
                seconds = (Part(parts, 1) * 3600) + (Part(parts, 2) * 60) + Part(parts, 3);
                break;
            case ScormEdition.Scorm2004 when Duration().IsMatch(SessionTime):
                try
                {
                    seconds = XmlConvert.ToTimeSpan(SessionTime).TotalSeconds;
                }
                catch (Exception broken) when (broken is FormatException or OverflowException)
                {
                    return null;
                }

                break;
            default:
                return null;
        }

        return (int)Math.Clamp(seconds, 0, LongestSession);
    }

    private static double Part(Match parts, int group) => double.Parse(parts.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{2,4}):(\d{2}):(\d{2}(?:\.\d{1,2})?)$")]
    private static partial Regex Timespan();

    [GeneratedRegex(@"^P[0-9DHMTSY.]+$")]
    private static partial Regex Duration();
}

/// <summary>What the page of a package is told when it opens a part.</summary>
/// <param name="Address">Where the part's page is.</param>
/// <param name="Package">Of which package.</param>
/// <param name="Session">Number of this opening; 0 when nothing is kept.</param>
/// <param name="LearnerId">What the content may call the learner; no number that means anything elsewhere.</param>
/// <param name="LearnerName">The learner's name as they see it themselves.</param>
/// <param name="Status">How far.</param>
/// <param name="Success">Mastered or not.</param>
/// <param name="ScoreRaw">Claimed points.</param>
/// <param name="ScoreMin">Fewest.</param>
/// <param name="ScoreMax">Most.</param>
/// <param name="ScoreScaled">Claimed share.</param>
/// <param name="Location">Where the person stopped.</param>
/// <param name="SuspendData">What the content wanted to be told.</param>
/// <param name="Resumes">Whether the person goes on.</param>
/// <param name="TotalSeconds">Time of earlier openings.</param>
/// <param name="MasteryScore">Points that pass.</param>
/// <param name="PassingScore">Share that passes.</param>
/// <param name="LaunchData">Text of the manifest.</param>
public sealed record ScormLaunch(
    string Address, string Package, int Session, string LearnerId, string LearnerName, ScormStatus Status, ScormSuccess Success, double? ScoreRaw, double? ScoreMin, double? ScoreMax, double? ScoreScaled,
    string Location, string SuspendData, bool Resumes, int TotalSeconds, double? MasteryScore, double? PassingScore, string? LaunchData)
{
    /// <summary>The same with the part's page under another host.</summary>
    /// <param name="beside">Host and port; null for the site's own.</param>
    public ScormLaunch From(string? beside) => beside is null ? this : this with { Address = $"//{beside}{Address}" };
}

/// <summary>What became of a save.</summary>
/// <param name="IsDone">Whether the part is done.</param>
/// <param name="IsFinished">Whether the lesson is finished with it.</param>
public sealed record ScormSaved(bool IsDone, bool IsFinished);
