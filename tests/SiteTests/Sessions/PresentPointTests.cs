using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>When a point counts as present, in the reports and on the live board.</summary>
public sealed class PresentPointTests
{
    [Theory]
    [InlineData(PointState.Planned, 0, false)]
    [InlineData(PointState.Planned, 3, true)]
    [InlineData(PointState.Ready, 0, false)]
    [InlineData(PointState.Connected, 0, true)]
    [InlineData(PointState.Late, 0, true)]
    [InlineData(PointState.Lost, 0, false)]
    [InlineData(PointState.Lost, 3, true)]
    [InlineData(PointState.Absent, 0, false)]
    [InlineData(PointState.Absent, 3, true)]
    public void TakesPart_ByStateAndPeople_FollowsTheRule(PointState state, int people, bool takesPart) => Assert.Equal(takesPart, PointFigures.TakesPart(state, people));
}
