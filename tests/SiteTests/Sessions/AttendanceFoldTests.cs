using FsCheck;
using FsCheck.Fluent;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>The fold from events to attendance: rules of docs/attendance.md, one by one, and that order and repetition never matter.</summary>
public sealed class AttendanceFoldTests
{
    private static readonly DateTime Day = new(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Guid[] Points = [Guid.NewGuid(), Guid.NewGuid()];

    /// <summary>08:00-10:00 and 14:00-15:00.</summary>
    private static readonly SessionBlock[] Blocks =
    [
        new() { Number = 1, StartUtc = Day.AddHours(8), EndUtc = Day.AddHours(10) },
        new() { Number = 2, StartUtc = Day.AddHours(14), EndUtc = Day.AddHours(15) },
    ];

    [Fact]
    public void Fold_AnyOrderAndRepetition_GivesTheSame()
    {
        var cases =
            from events in Events().ListOf().Select(list => list.ToList())
            from seed in Gen.Choose(0, int.MaxValue)
            select (events, again: Disorder(events, seed));

        Prop.ForAll(cases.ToArbitrary(), pair => AttendanceFold.Fold(pair.events, Blocks) == AttendanceFold.Fold(pair.again, Blocks)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Fold_AnyEvents_KeepsItsPromises() =>
        Prop.ForAll(Events().NonEmptyListOf().Select(list => list.ToList()).ToArbitrary(), events =>
        {
            var outcome = AttendanceFold.Fold(events, Blocks)!;
            var there = outcome.Status is AttendanceStatus.Present or AttendanceStatus.Late or AttendanceStatus.LeftEarly;
            return outcome.Minutes is >= 0 and <= 180 && (there || (outcome.Minutes == 0 && outcome.FirstInUtc is null && outcome.LastOutUtc is null))
                && (!outcome.HasConflict || events.Select(fact => fact.Device).Distinct().Count() > 1 || events.Exists(fact => fact.Flag == AttendanceFlag.WrongRoom));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fold_NoEvents_IsNothing() => Assert.Null(AttendanceFold.Fold([], Blocks));

    [Theory]
    [InlineData("in 8:05", "Present", 180)]
    [InlineData("in 14:30", "Present", 180)]
    [InlineData("in 8:05 1", "Present", 120)]
    [InlineData("scan 8:30", "Present", 150)]
    [InlineData("scan 12:00", "Present", 60)]
    [InlineData("in 8:00; out 9:00; in 9:30; out 10:00; in 14:00", "Present", 150)]
    [InlineData("out 9:00 1", "Present", 60)]
    [InlineData("late 8:30", "Late", 150)]
    [InlineData("late 8:30 m20", "Late", 160)]
    [InlineData("late 14:30 2 m10; in 8:00 1", "Late", 170)]
    [InlineData("in 8:00; left_early 14:40", "LeftEarly", 160)]
    [InlineData("in 8:00; left_early 15:00 m90", "LeftEarly", 90)]
    [InlineData("late 8:30 1; left_early 14:40 2", "LeftEarly", 130)]
    [InlineData("absent 8:10", "Absent", 0)]
    [InlineData("excused 7:00; absent 8:10", "Absent", 0)]
    [InlineData("absent 8:10 1; excused 14:10 2", "Excused", 0)]
    [InlineData("absent 8:10 1; in 14:10 2", "Present", 60)]
    [InlineData("in 8:00; absent 8:10", "Absent", 0)]
    [InlineData("absent 8:10; in 8:20", "Present", 180)]
    [InlineData("in 8:00; correction:Absent 9:00", "Absent", 0)]
    [InlineData("absent 8:10; correction:Present 9:00 m100", "Present", 100)]
    [InlineData("absent 8:10; correction:Present 9:00 m999", "Present", 180)]
    [InlineData("in 8:00; correction:Unmarked 9:00", "Unmarked", 0)]
    [InlineData("correction:Late 9:00 1", "Late", 120)]
    public void Fold_Events_FollowTheRules(string events, string status, int minutes)
    {
        var outcome = AttendanceFold.Fold(events.Split("; ").Select(Read), Blocks)!;

        Assert.Equal((status, minutes), (outcome.Status.ToString(), outcome.Minutes));
        Assert.False(outcome.HasConflict);
    }

    [Theory]
    [InlineData("a in 8:05 | b absent 8:10", true)]
    [InlineData("a in 8:05 | b in 8:10", false)]
    [InlineData("a in 8:05 | b absent 8:10 | a absent 8:20", false)]
    [InlineData("a absent 8:05 | b excused 8:10", false)]
    [InlineData("a in 8:05 1 | b absent 8:10 2", false)]
    [InlineData("a in 8:05 | b absent 8:10 | c correction:Present 8:30", false)]
    [InlineData("a in 8:05 | b absent 8:10 | c correction:Present 8:07", false)]
    [InlineData("a in 8:05 | b in 8:10 @2", true)]
    [InlineData("a in 8:05 | a in 8:10 @2", false)]
    public void Fold_TwoDevices_ConflictOnlyWhenTheyDisagree(string events, bool conflict) =>
        Assert.Equal(conflict, AttendanceFold.Fold(events.Split(" | ").Select(text => Read(text[2..], text[..1])), Blocks)!.HasConflict);

    [Fact]
    public void Fold_SameTime_IsDecidedByTheId()
    {
        var (first, second) = (Read("in 8:00"), Read("absent 8:00"));
        (first.Id, second.Id) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]));

        Assert.Equal(AttendanceStatus.Absent, AttendanceFold.Fold([first, second], Blocks)!.Status);
        Assert.Equal(AttendanceStatus.Absent, AttendanceFold.Fold([second, first], Blocks)!.Status);
    }

    [Fact]
    public void Fold_InAndOut_TellsFirstAndLast()
    {
        var outcome = AttendanceFold.Fold([Read("in 8:05"), Read("out 14:50"), Read("in 8:30")], Blocks)!;

        Assert.Equal((Day.AddHours(8).AddMinutes(5), Day.AddHours(14).AddMinutes(50)), (outcome.FirstInUtc, outcome.LastOutUtc));
    }

    /// <summary>"late 8:30 1 m20 @2": kind, time, block, minutes, point.</summary>
    private static AttendanceEvent Read(string text) => Read(text, "a");

    private static AttendanceEvent Read(string text, string device)
    {
        var words = text.Split(' ');
        var kind = words[0].Split(':');
        var time = TimeSpan.Parse(words[1]);
        var rest = words[2..];
        return new()
        {
            Id = Guid.NewGuid(),
            Device = device,
            Kind = kind[0] == "scan" ? AttendanceKind.In : Enum.Parse<AttendanceKind>(kind[0].Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            Status = kind.Length > 1 ? Enum.Parse<AttendanceStatus>(kind[1]) : null,
            Method = kind[0] == "scan" ? AttendanceMethod.Card : AttendanceMethod.Roster,
            AtUtc = Day + time,
            Block = rest.Where(word => char.IsAsciiDigit(word[0])).Select(word => (int?)int.Parse(word)).FirstOrDefault(),
            Minutes = rest.Where(word => word[0] == 'm').Select(word => (int?)int.Parse(word[1..])).FirstOrDefault(),
            PointId = Points[rest.Contains("@2") ? 1 : 0],
        };
    }

    /// <summary>The same events in another order, some of them twice.</summary>
    private static AttendanceEvent[] Disorder(List<AttendanceEvent> events, int seed)
    {
        var random = new Random(seed);
        AttendanceEvent[] again = [.. events, .. events.Where(_ => random.Next(3) == 0)];
        random.Shuffle(again);
        return again;
    }

    private static Gen<AttendanceEvent> Events() =>
        from kind in Gen.Elements(Enum.GetValues<AttendanceKind>())
        from status in Gen.Elements(Enum.GetValues<AttendanceStatus>())
        from method in Gen.Elements(Enum.GetValues<AttendanceMethod>())
        from minute in Gen.Choose(0, 40)
        from block in Gen.Elements(0, 1, 2)
        from length in Gen.Choose(-20, 200)
        from device in Gen.Elements("a", "b", "")
        from point in Gen.Elements(Points)
        from flag in Gen.Elements<AttendanceFlag?>(null, null, AttendanceFlag.WrongRoom, AttendanceFlag.AfterClosing)
        select new AttendanceEvent
        {
            Id = Guid.NewGuid(),
            Kind = kind,
            Status = kind == AttendanceKind.Correction && length % 5 != 0 ? status : null,
            Method = method,
            // Few distinct times, so that ties are common.
            AtUtc = Day.AddHours(7).AddMinutes(minute * 15),
            Block = block == 0 ? null : block,
            Minutes = length < 0 ? null : length,
            Device = device,
            PointId = point,
            Flag = flag,
        };
}
