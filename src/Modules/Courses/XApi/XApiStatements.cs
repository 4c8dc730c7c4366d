using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.XApi;

/// <summary>
/// What people learned, as xAPI statements: completed a course, passed or failed its quiz, mastered a skill. Ids do not change when a
/// statement is read again, so that a store keeps it once.
/// </summary>
public sealed class XApiStatements(SiteDbContext db, CurrentUser user, TimeProvider clock, IConfiguration configuration)
{
    internal static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _baseUrl = (configuration["Site:BaseUrl"] ?? "").TrimEnd('/');

    /// <summary>Some statements about people one of whose teams of today lies in the reader's scope, and after which to go on; null at the end.</summary>
    internal async Task<(List<JsonObject> Statements, XApiCursor? Next)> ReadAsync(DateTime? since, DateTime? until, XApiCursor? after, int take, CancellationToken cancellationToken)
    {
        var people = db.MembersFor(user, Permissions.ViewLearning, clock.Today()).Select(membership => membership.PersonId);
        var completed = db.Completions.NotRevoked()
            .Select(row => new Row { Verb = "completed", Key = row.Id, PersonId = row.PersonId, CourseId = row.CourseId, AtUtc = row.CompletedUtc, StoredUtc = row.RecordedUtc, Correct = 0, Total = 0 });
        var attempted = db.QuizAttempts.Where(row => row.State != AttemptState.Running && row.FinishedUtc != null)
            .Select(row => new Row { Verb = row.State == AttemptState.Passed ? "passed" : "failed", Key = row.Id, PersonId = row.PersonId, CourseId = row.CourseId, AtUtc = row.FinishedUtc!.Value, StoredUtc = row.RecordedUtc ?? row.FinishedUtc!.Value, Correct = row.Correct, Total = row.Total });
        var mastered = db.SkillMasteries.Where(row => row.ConfirmedUtc != null)
            .Select(row => new Row { Verb = "mastered", Key = row.SkillId, PersonId = row.PersonId, CourseId = row.Skill.CourseId, AtUtc = row.ConfirmedUtc!.Value, StoredUtc = row.ConfirmedUtc!.Value, Correct = 0, Total = 0 });
        var all = completed.Concat(attempted).Concat(mastered).Where(row => people.Contains(row.PersonId))
            .Where(row => (since == null || row.StoredUtc > since) && (until == null || row.StoredUtc <= until));
        if (after is { } last)
        {
            all = all.Where(row => row.StoredUtc > last.StoredUtc
                || (row.StoredUtc == last.StoredUtc && (row.PersonId > last.PersonId || (row.PersonId == last.PersonId && row.Key > last.Key))));
        }

        // No two statements about a person have one key: it is that of the completion, of the attempt, or of the skill.
        var rows = await all.OrderBy(row => row.StoredUtc).ThenBy(row => row.PersonId).ThenBy(row => row.Key).Take(take + 1).ToListAsync(cancellationToken);
        var page = rows.Count > take ? rows.GetRange(0, take) : rows;
        var names = await NamesAsync(page, cancellationToken);
        return (page.ConvertAll(row => Statement(row, names)), rows.Count > take ? new(page[^1].StoredUtc, page[^1].PersonId, page[^1].Key) : null);
    }

    private async Task<Names> NamesAsync(List<Row> rows, CancellationToken cancellationToken)
    {
        Guid[] people = [.. rows.Select(row => row.PersonId).Distinct()];
        Guid[] courses = [.. rows.Select(row => row.CourseId).Distinct()];
        Guid[] skills = [.. rows.Where(row => row.Verb == "mastered").Select(row => row.Key).Distinct()];
        return new(
            await db.People.Where(person => EF.Parameter(people).Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => (person.Code, person.FullName), cancellationToken),
            await db.Courses.Where(course => EF.Parameter(courses).Contains(course.Id)).ToDictionaryAsync(course => course.Id, course => (course.Slug, course.Title), cancellationToken),
            await db.Skills.Where(skill => EF.Parameter(skills).Contains(skill.Id)).ToDictionaryAsync(skill => skill.Id, skill => (skill.Code, skill.Text), cancellationToken));
    }

    private JsonObject Statement(Row row, Names names)
    {
        var (slug, title) = names.Courses[row.CourseId];
        var (code, name) = names.People[row.PersonId];
        var course = $"{_baseUrl}/courses/{slug}";
        var (id, type, text) = row.Verb switch
        {
            "completed" => (course, "course", title),
            "mastered" => ($"{course}#{names.Skills[row.Key].Code}", "objective", names.Skills[row.Key].Text),
            _ => ($"{course}/quiz", "assessment", title),
        };
        var statement = new JsonObject
        {
            ["id"] = StatementId(row).ToString(),
            ["actor"] = new JsonObject { ["objectType"] = "Agent", ["name"] = name, ["account"] = new JsonObject { ["homePage"] = $"{_baseUrl}/", ["name"] = code } },
            ["verb"] = new JsonObject { ["id"] = $"http://adlnet.gov/expapi/verbs/{row.Verb}", ["display"] = new JsonObject { ["en"] = row.Verb } },
            ["object"] = new JsonObject
            {
                ["objectType"] = "Activity",
                ["id"] = id,
                ["definition"] = new JsonObject { ["type"] = $"http://adlnet.gov/expapi/activities/{type}", ["name"] = new JsonObject { ["vi"] = text } },
            },
            ["timestamp"] = Time(row.AtUtc),
            ["stored"] = Time(row.StoredUtc),
            ["version"] = "1.0.3",
        };
        if (row.Verb is "passed" or "failed")
        {
            statement["result"] = new JsonObject
            {
                ["success"] = row.Verb == "passed",
                ["completion"] = true,
                ["score"] = new JsonObject { ["raw"] = row.Correct, ["min"] = 0, ["max"] = row.Total, ["scaled"] = Math.Round((double)row.Correct / Math.Max(1, row.Total), 4) },
            };
        }

        if (row.Verb != "completed")
        {
            statement["context"] = new JsonObject { ["contextActivities"] = new JsonObject { ["parent"] = new JsonArray(new JsonObject { ["objectType"] = "Activity", ["id"] = course }) } };
        }

        return statement;
    }

    /// <summary>Made from what the statement says, with the marks of a name-based UUID (RFC 9562, version 8).</summary>
    private static Guid StatementId(Row row)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Verb}:{row.Key}:{row.PersonId}:{Time(row.AtUtc)}:{row.Correct}/{row.Total}")).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash, bigEndian: true);
    }

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private sealed class Row
    {
        public required string Verb { get; init; }

        public required Guid Key { get; init; }

        public required Guid PersonId { get; init; }

        public required Guid CourseId { get; init; }

        public required DateTime AtUtc { get; init; }

        public required DateTime StoredUtc { get; init; }

        public required int Correct { get; init; }

        public required int Total { get; init; }
    }

    private sealed record Names(Dictionary<Guid, (string Code, string FullName)> People, Dictionary<Guid, (string Slug, string Title)> Courses, Dictionary<Guid, (string Code, string Text)> Skills);
}
