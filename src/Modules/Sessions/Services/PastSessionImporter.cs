using System.Globalization;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>A past session to take over.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its title.</param>
/// <param name="Date">Its day.</param>
/// <param name="Topics">Codes of its topics.</param>
public sealed record PastSession(string Code, string Title, DateOnly Date, IReadOnlyList<string> Topics);

/// <summary>What an import did.</summary>
/// <param name="Points">Points in all.</param>
/// <param name="Present">Of these present.</param>
/// <param name="Replaced">Whether a session of that code was there before.</param>
public sealed record PastImport(int Points, int Present, bool Replaced);

/// <summary>
/// Takes over a past session from a list of points with head counts and no names:
/// <c>point_code,commune_code,point_name,teams,invited,present,status,reason</c>, of which point code and teams may be missing. All or nothing; importing
/// again replaces what was imported before.
/// </summary>
public sealed class PastSessionImporter(SiteDbContext db, SessionAccess access, SessionValidator validator, PointService pointService, EventPublisher events, IStringLocalizer<Strings> T)
{
    private static readonly string[] RequiredColumns = ["commune_code", "point_name", "present", "status"];

    /// <summary>Starts at eight and ends at half past eleven: the lists give no times.</summary>
    private static readonly TimeOnly Start = new(8, 0), End = new(11, 30);

    /// <summary>Checks every row, then writes.</summary>
    public async Task<Result<PastImport>> ImportAsync(byte[] content, PastSession past, CancellationToken cancellationToken = default)
    {
        var table = CsvTable.Read(content);
        var missing = RequiredColumns.Where(column => !table.Has(column)).ToList();
        if (missing.Count > 0)
        {
            return new Fault("header_missing", T["Tệp thiếu cột {0}.", string.Join(", ", missing)]);
        }

        var known = await db.Sessions.AsTracking().SingleOrDefaultAsync(session => session.Code == past.Code, cancellationToken);
        var faults = new List<Fault>();
        await validator.CheckPastAsync(past, faults, cancellationToken);
        if (known is not null && !known.IsImported)
        {
            faults.Add(new("code_taken", T["Buổi {0} đã có và không phải nhập từ tệp; không ghi đè.", past.Code], "Code", FaultKind.Conflict));
        }

        var units = await ReadCommunesAsync(past.Date, cancellationToken);
        var session = known ?? new TrainingSession { Code = past.Code, IsImported = true };
        Fill(session, past, units);
        if (!access.CanManage(session))
        {
            faults.Add(new("out_of_scope", T["Bạn không có quyền nhập buổi tập huấn của tỉnh."], Kind: FaultKind.Forbidden));
        }

        var points = await ReadPointsAsync(table, session, units, faults, cancellationToken);
        if (faults.Count > 0)
        {
            return faults;
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        await ReplaceAsync(session, known is null, past, points, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await events.PublishAsync(new SessionChanged(session.Id), cancellationToken);
        await transaction.FinishAsync(cancellationToken);
        return new PastImport(points.Count, points.Count(point => point.State != PointState.Absent), known is not null);
    }

    private async Task<Dictionary<string, AdministrativeUnit>> ReadCommunesAsync(DateOnly date, CancellationToken cancellationToken)
    {
        // Of a day before the first unit was recorded, those recorded first.
        var first = await db.Units.MinAsync(unit => (DateOnly?)unit.ValidFrom, cancellationToken) ?? date;
        return await db.Units.AsNoTracking().On(date < first ? first : date).Where(unit => unit.Level == UnitLevel.Commune).ToDictionaryAsync(unit => unit.Code, cancellationToken);
    }

    private static void Fill(TrainingSession session, PastSession past, Dictionary<string, AdministrativeUnit> units)
    {
        session.Title = past.Title;
        session.Mode = SessionMode.Mixed;
        session.State = SessionState.Closed;
        session.StartUtc = VietnamTime.ToUtc(past.Date.ToDateTime(Start));
        session.EndUtc = VietnamTime.ToUtc(past.Date.ToDateTime(End));
        session.PublishedUtc = session.OpenedUtc = session.StartUtc;
        session.ClosedUtc = session.EndUtc;
        session.OrganizerPath = units.Values.FirstOrDefault() is { } any ? any.Path[..(any.Path.IndexOf('/', StringComparison.Ordinal) + 1)] : "";
        session.Revision++;
    }

    private async Task<List<SessionPoint>> ReadPointsAsync(CsvTable table, TrainingSession session, Dictionary<string, AdministrativeUnit> units, List<Fault> faults, CancellationToken cancellationToken)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        var points = new List<SessionPoint>(table.Rows.Count);
        foreach (var row in table.Rows)
        {
            var communeCode = row["commune_code"];
            var unit = units.GetValueOrDefault(communeCode);
            if (communeCode.Length > 0 && unit is null)
            {
                faults.Add(At(row, "unknown_unit", T["không có xã mã {0} vào ngày đó", communeCode]));
            }

            // A commune that did not come has no point of its own in the list; it gets one, to say so.
            var code = row["point_code"].Length > 0 ? row["point_code"] : communeCode;
            if (code.Length == 0)
            {
                faults.Add(At(row, "code_required", T["thiếu mã điểm cầu và mã xã"]));
            }
            else if (code.Length > 40 || !codes.Add(code))
            {
                faults.Add(At(row, "point_code_taken", T["mã điểm cầu {0} trùng với dòng khác hoặc quá dài", code]));
            }

            var absent = row["status"] == "absent";
            if (!absent && row["status"] != "present")
            {
                faults.Add(At(row, "status_unknown", T["trạng thái '{0}' không phải present hay absent", row["status"]]));
            }

            if (absent && row["reason"].Length == 0)
            {
                faults.Add(At(row, "absence_without_reason", T["điểm vắng chưa có lý do"]));
            }

            var (reasonCode, reasonText) = absent ? await pointService.FindReasonAsync(row["reason"], cancellationToken) : (null, null);
            points.Add(new()
            {
                SessionId = session.Id,
                Code = code,
                UnitId = unit?.Id,
                Path = unit?.Path ?? session.OrganizerPath,
                Name = row["point_name"].Length > 0 ? row["point_name"] : code,
                State = absent ? PointState.Absent : PointState.Connected,
                ReasonCode = reasonCode,
                ReasonText = reasonText,
                HeadCount = Number(row, "present", faults),
                ReportedInvited = table.Has("invited") ? Number(row, "invited", faults) : null,
                TeamsPresent = table.Has("teams") ? Number(row, "teams", faults) : null,
                ClosedUtc = session.ClosedUtc,
            });
        }

        return points;
    }

    private int? Number(CsvTable.Row row, string column, List<Fault> faults)
    {
        if (row[column].Length == 0)
        {
            return null;
        }

        if (int.TryParse(row[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        faults.Add(At(row, "count_invalid", T["cột {0}: '{1}' không phải số người", column, row[column]]));
        return null;
    }

    private async Task ReplaceAsync(TrainingSession session, bool isNew, PastSession past, List<SessionPoint> points, CancellationToken cancellationToken)
    {
        if (isNew)
        {
            db.Add(session);
        }
        else
        {
            await db.SessionPoints.Where(point => point.SessionId == session.Id).ExecuteDeleteAsync(cancellationToken);
            await db.Set<SessionBlock>().Where(block => block.SessionId == session.Id).ExecuteDeleteAsync(cancellationToken);
            await db.Set<SessionTopic>().Where(topic => topic.SessionId == session.Id).ExecuteDeleteAsync(cancellationToken);
        }

        db.AddRange(SessionLifecycle.ToBlocks(session.Id, [new(session.StartUtc, session.EndUtc)]));
        db.AddRange(past.Topics.Distinct().Select(topic => new SessionTopic { SessionId = session.Id, Topic = topic }));
        db.AddRange(points);
    }

    private Fault At(CsvTable.Row row, string code, string message) => new(code, T["Dòng {0}: {1}.", row.Number, message], $"Rows[{row.Number}]");
}
