using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.SiteTests.Sessions.Faults;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>
/// Whatever is marked, by whichever devices, in whichever batches, order and repetition: the table afterwards is the fold of all of it.
/// </summary>
public abstract class CheckInPropertyTests(SiteFixture site)
{
    private const int Cases = 30, PerSession = 6;

    private static readonly DateTime Morning = new(2026, 11, 22, 0, 30, 0, DateTimeKind.Utc);

    /// <summary>An event and the device that tells it.</summary>
    private sealed record Told(string Device, AttendanceInput Input);

    [Fact]
    public async Task Record_AnyBatchesOrderAndRepetition_EqualsTheFold()
    {
        var seed = (ulong)Random.Shared.NextInt64();
        var organizer = await site.ApiAsync("so.organizer");
        var cases = Events().ListOf().Sample(25, new Rnd(seed), Cases).ToList();
        for (var number = 0; number < cases.Count; number++)
        {
            if (number % PerSession == 0)
            {
                await organizer.OpenSessionAsync($"P-{number / PerSession}");
            }

            // Each case has three people of its session to itself.
            var code = $"P-{number / PerSession}";
            var people = (await site.PeopleAsync(code)).Skip(number % PerSession * 3).Take(3).ToList();
            List<Told> events = [.. cases[number].Select(told => told with { Input = told.Input with { Member = people[int.Parse(told.Input.Member)] } })];
            await Task.WhenAll(Disorder(events, new Random(number)).Select(batch => RecordAsync(code, batch)));
            await AssertIsFoldAsync(code, people, events, $"seed {seed}, case {number}");
        }
    }

    /// <summary>The events in another order, some of them twice, cut into batches of one device each.</summary>
    private static List<List<Told>> Disorder(List<Told> events, Random random)
    {
        Told[] again = [.. events, .. events.Where(_ => random.Next(3) == 0)];
        random.Shuffle(again);
        var batches = new List<List<Told>>();
        foreach (var group in again.GroupBy(told => told.Device))
        {
            var rest = group.ToList();
            while (rest.Count > 0)
            {
                var size = random.Next(1, rest.Count + 1);
                batches.Add(rest[..size]);
                rest = rest[size..];
            }
        }

        return batches;
    }

    private static Gen<Told> Events() =>
        from person in Gen.Elements("0", "1", "2")
        from kind in Gen.Elements(Enum.GetValues<AttendanceKind>())
        from status in Gen.Elements(Enum.GetValues<AttendanceStatus>())
        from method in Gen.Elements(AttendanceMethod.Roster, AttendanceMethod.Card, AttendanceMethod.Paper, AttendanceMethod.Import)
        from minute in Gen.Choose(0, 20)
        from block in Gen.Elements(0, 1, 2)
        from length in Gen.Choose(-20, 200)
        from device in Gen.Elements("a", "b", "c")
        from point in Gen.Elements("P1", "P2")
        select new Told(device, new AttendanceInput(Guid.NewGuid(), person, point, kind, method, Morning.AddMinutes(minute * 30))
        {
            Block = block == 0 ? null : block,
            Minutes = length < 0 ? null : length,
            Status = kind == AttendanceKind.Correction && length % 5 != 0 ? status : null,
        });

    private async Task RecordAsync(string code, List<Told> batch)
    {
        var results = await site.WithAsync(services => services.GetRequiredService<CheckInService>().RecordAsync(code, batch[0].Device, [.. batch.Select(told => told.Input)]));
        Assert.True(results.Succeeded);
        Assert.All(results.Value, result => Assert.True(result.Outcome != EventOutcome.Rejected, result.Reason));
    }

    private async Task AssertIsFoldAsync(string code, List<string> people, List<Told> events, string which)
    {
        var roll = (await site.QueryAsync(db => SessionRoll.LoadAsync(db, code, former: null, default)))!;
        foreach (var member in people)
        {
            var person = roll.People[member];
            AttendanceEvent[] facts =
            [
                .. events.Where(told => told.Input.Member == member).Select(told => new AttendanceEvent
                {
                    Id = told.Input.Id,
                    PersonId = person,
                    PointId = roll.Points[told.Input.Point].Id,
                    Kind = told.Input.Kind,
                    Status = told.Input.Status,
                    Method = told.Input.Method,
                    AtUtc = told.Input.AtUtc,
                    Device = told.Device,
                    Block = told.Input.Block,
                    Minutes = told.Input.Minutes,
                }),
            ];
            var row = await site.QueryAsync(db => db.Attendances.AsNoTracking().SingleOrDefaultAsync(row => row.SessionId == roll.Id && row.PersonId == person));
            var stored = row is null ? null : new AttendanceOutcome(row.Status, row.Minutes, row.FirstInUtc, row.LastOutUtc, row.PointId, row.Method, row.HasConflict);
            Assert.True(stored == AttendanceFold.Fold(facts, roll.Blocks), $"{which}, {member}: {stored}");
            Assert.Equal(facts.Length, row?.EventCount ?? 0);
        }
    }
}

public sealed class SqliteCheckInPropertyTests(SqliteSite site) : CheckInPropertyTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlCheckInPropertyTests(PostgreSqlSite site) : CheckInPropertyTests(site), IClassFixture<PostgreSqlSite>;
