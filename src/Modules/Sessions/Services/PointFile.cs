using System.Globalization;
using System.Text;
using CsvHelper;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>The points of a session as a CSV file: downloaded, edited in a spreadsheet, uploaded again. All rows or none.</summary>
public sealed class PointFile(SiteDbContext db, SessionAccess access, PointPlanService plan, PointService points, IStringLocalizer<Strings> T)
{
    private static readonly string[] Columns = ["point_code", "unit_code", "name", "venue", "capacity", "link", "coordinators"];

    /// <summary>One line of the file; a column that the file does not have is null.</summary>
    private sealed record Row(int Line, string Code, string? Unit, string? Name, string? Venue, string? Capacity, string? Link, string? Coordinators);

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
        await using (var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true }, leaveOpen: true))
        {
            await WriteLineAsync(csv, Columns, cancellationToken);
            foreach (var row in rows)
            {
                await WriteLineAsync(csv, [row.Code, row.Unit, row.Name, row.Venue, row.Capacity?.ToString(CultureInfo.InvariantCulture), row.Link, string.Join(' ', byPoint[row.Id])], cancellationToken);
            }
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

        var read = await ReadRowsAsync(stream, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Faults.ToList();
        }

        var rows = read.Value;
        var known = await db.SessionPoints.Where(point => point.SessionId == session.Value.Id)
            .Select(point => new PointDraft(point.Code, point.Unit == null ? null : point.Unit.Code, point.Name, point.Venue, point.Capacity, point.Link))
            .ToDictionaryAsync(point => point.Code, cancellationToken);
        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var faults = new List<Fault>();
        foreach (var row in rows)
        {
            foreach (var fault in await TakeAsync(code, row, known.GetValueOrDefault(row.Code), cancellationToken))
            {
                faults.Add(fault with { Message = T["Dòng {0}: {1}", row.Line, fault.Message], Field = $"rows[{row.Line}]" });
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

    private async Task<Result<List<Row>>> ReadRowsAsync(Stream stream, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            text = await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            return new Fault("file_unreadable", T["Tệp không phải UTF-8. Trong bảng tính, hãy lưu dạng “CSV UTF-8” rồi gửi lại."]);
        }

        using var csv = CsvReader.FromText(text, new CsvReaderOptions { Separator = text.AsSpan(0, Math.Max(0, text.IndexOf('\n'))).Contains(';') ? ';' : ',', HasHeader = false });
        var headings = csv.Read() ? csv.Current.ToArray().Select(heading => heading.Trim().Trim('\uFEFF').ToLowerInvariant()).ToList() : [];
        if (!headings.Contains(Columns[0]))
        {
            return new Fault("file_unreadable", T["Tệp thiếu cột point_code. Hãy dùng tệp tải về làm mẫu."]);
        }

        var rows = new List<Row>();
        for (var line = 2; csv.Read(); line++)
        {
            var cells = csv.Current.ToArray();
            string? Cell(string column) => headings.IndexOf(column) is >= 0 and var index ? index < cells.Length ? cells[index] : "" : null;
            if (!string.IsNullOrWhiteSpace(Cell(Columns[0])))
            {
                rows.Add(new(line, Cell("point_code")!.Trim(), Cell("unit_code"), Cell("name"), Cell("venue"), Cell("capacity"), Cell("link"), Cell("coordinators")));
            }
        }

        return rows.Count > 0 ? rows : new Fault("file_empty", T["Tệp không có dòng điểm cầu nào. Hãy dùng tệp tải về làm mẫu."]);
    }

    private static ValueTask WriteLineAsync(CsvWriter csv, IReadOnlyList<string?> cells, CancellationToken cancellationToken)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        return csv.EndRecordAsync(cancellationToken);
    }

    /// <summary>Takes one row; what the file has no column for stays as the point has it.</summary>
    private async Task<IReadOnlyList<Fault>> TakeAsync(string code, Row row, PointDraft? known, CancellationToken cancellationToken)
    {
        var capacity = row.Capacity is null ? known?.Capacity : null;
        if (!string.IsNullOrWhiteSpace(row.Capacity))
        {
            if (!int.TryParse(row.Capacity.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seats))
            {
                return [new("capacity_invalid", T["Sức chứa “{0}” không phải là số.", row.Capacity])];
            }

            capacity = seats;
        }

        var draft = new PointDraft(
            row.Code, PointPlanService.Blank(row.Unit ?? known?.Unit), PointPlanService.Blank(row.Name ?? known?.Name), PointPlanService.Blank(row.Venue ?? known?.Venue), capacity, PointPlanService.Blank(row.Link ?? known?.Link));
        var taken = known is not null ? await plan.UpdateAsync(code, draft.Code, draft, cancellationToken: cancellationToken) : await plan.AddAsync(code, draft, cancellationToken);
        if (!taken.Succeeded || row.Coordinators is null)
        {
            return taken.Faults;
        }

        var names = row.Coordinators.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return (await points.AssignCoordinatorsAsync(code, draft.Code, names, cancellationToken)).Faults;
    }
}
