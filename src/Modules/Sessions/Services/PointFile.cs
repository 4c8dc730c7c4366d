using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>The points of a session as a CSV file: downloaded, edited in a spreadsheet, uploaded again. All rows or none.</summary>
public sealed class PointFile(SiteDbContext db, SessionAccess access, PointPlanService plan, PointService points, IStringLocalizer<Strings> T)
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        PrepareHeaderForMatch = header => VietnameseText.Fold(header.Header ?? "").Trim('\uFEFF'),
        MissingFieldFound = null,
        HeaderValidated = null,
        BadDataFound = null,
        InjectionOptions = InjectionOptions.Escape,
    };

    /// <summary>One line of the file.</summary>
    public sealed class Row
    {
        public string point_code { get; set; } = "";

        public string? unit_code { get; set; }

        public string? name { get; set; }

        public string? venue { get; set; }

        public string? capacity { get; set; }

        public string? link { get; set; }

        /// <summary>Sign-in names, separated by blanks.</summary>
        public string? coordinators { get; set; }
    }

    /// <summary>The session's points as a file, for who may change them.</summary>
    public async Task<Result<byte[]>> WriteAsync(string code, CancellationToken cancellationToken = default)
    {
        var session = await access.FindToManageAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return session.Faults.ToList();
        }

        var sessionId = session.Value.Id;
        var names = await db.Set<PointCoordinator>().Join(db.Set<SiteUser>(), coordinator => coordinator.UserId, account => account.Id, (coordinator, account) => new { coordinator.PointId, account.UserName })
            .Join(db.SessionPoints.Where(point => point.SessionId == sessionId), row => row.PointId, point => point.Id, (row, _) => row).ToListAsync(cancellationToken);
        var byPoint = names.ToLookup(row => row.PointId, row => row.UserName);
        var rows = await db.SessionPoints.Where(point => point.SessionId == sessionId).OrderBy(point => point.Code)
            .Select(point => new { point.Id, point.Code, Unit = point.Unit == null ? null : point.Unit.Code, point.Name, point.Venue, point.Capacity, point.Link }).ToListAsync(cancellationToken);

        using var stream = new MemoryStream();
        // The mark at the start tells a spreadsheet program that this is UTF-8.
        await using (var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        await using (var csv = new CsvWriter(text, Format))
        {
            await csv.WriteRecordsAsync(rows.Select(row => new Row
            {
                point_code = row.Code,
                unit_code = row.Unit,
                name = row.Name,
                venue = row.Venue,
                capacity = row.Capacity?.ToString(CultureInfo.InvariantCulture),
                link = row.Link,
                coordinators = string.Join(' ', byPoint[row.Id]),
            }), cancellationToken);
        }

        return stream.ToArray();
    }

    /// <summary>Takes an edited file: changes known points, adds new ones; the others stay. Nothing is written when a row cannot be taken.</summary>
    /// <returns>How many rows were taken, or a fault for each row that cannot be.</returns>
    public async Task<Result<int>> ReadAsync(string code, Stream stream, CancellationToken cancellationToken = default)
    {
        var session = await access.FindToManageAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return session.Faults.ToList();
        }

        using var csv = new CsvReader(new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true)), Format);
        List<Row> rows;
        try
        {
            rows = [.. csv.GetRecords<Row>()];
        }
        catch (Exception unreadable) when (unreadable is CsvHelperException or DecoderFallbackException)
        {
            return new Fault("file_unreadable", T["Không đọc được tệp. Hãy lưu dạng CSV UTF-8 với các cột như tệp tải về."]);
        }

        if (rows.Count == 0 || rows.TrueForAll(row => row.point_code.Length == 0))
        {
            return new Fault("file_empty", T["Tệp không có dòng nào có cột point_code. Hãy dùng tệp tải về làm mẫu."]);
        }

        var known = await db.SessionPoints.Where(point => point.SessionId == session.Value.Id).Select(point => point.Code).ToHashSetAsync(cancellationToken);
        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var faults = new List<Fault>();
        foreach (var (row, line) in rows.Select((row, index) => (row, line: index + 2)))
        {
            foreach (var fault in await TakeAsync(code, row, known.Contains(row.point_code), cancellationToken))
            {
                faults.Add(fault with { Message = T["Dòng {0}: {1}", line, fault.Message], Field = $"rows[{line}]" });
            }
        }

        if (faults.Count > 0)
        {
            // Leaving the transaction undone takes back the rows that were good.
            return faults;
        }

        await transaction.FinishAsync(cancellationToken);
        return rows.Count;
    }

    private async Task<IReadOnlyList<Fault>> TakeAsync(string code, Row row, bool isKnown, CancellationToken cancellationToken)
    {
        int? capacity = null;
        if (!string.IsNullOrWhiteSpace(row.capacity))
        {
            if (!int.TryParse(row.capacity.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seats))
            {
                return [new("capacity_invalid", T["Sức chứa “{0}” không phải là số.", row.capacity])];
            }

            capacity = seats;
        }

        var draft = new PointDraft(row.point_code.Trim(), PointPlanService.Blank(row.unit_code), PointPlanService.Blank(row.name), PointPlanService.Blank(row.venue), capacity, PointPlanService.Blank(row.link));
        var taken = isKnown ? await plan.UpdateAsync(code, draft.Code, draft, cancellationToken) : await plan.AddAsync(code, draft, cancellationToken);
        if (!taken.Succeeded || row.coordinators is null)
        {
            return taken.Faults;
        }

        var names = row.coordinators.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return (await points.AssignCoordinatorsAsync(code, draft.Code, names, cancellationToken)).Faults;
    }
}
