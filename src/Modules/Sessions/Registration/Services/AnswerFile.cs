using CsvHelper;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>The answers to a session's invitations as a CSV file (R101), written while it is read.</summary>
public sealed class AnswerFile(SiteDbContext db)
{
    private static readonly string[] Columns = ["point_code", "member_code", "full_name", "team_code", "team_name", "commune_code", "response", "reason", "responded_at", "responded_by", "moved_from"];

    /// <summary>Writes the invitations' answers.</summary>
    public async Task WriteAsync(IQueryable<Invitation> invitations, Stream output, CancellationToken cancellationToken)
    {
        var rows = invitations.OrderBy(invitation => invitation.Point.Code).ThenBy(invitation => invitation.TeamCode).ThenBy(invitation => invitation.Person.SortName).ThenBy(invitation => invitation.Person.Code)
            .Select(invitation => new
            {
                Point = invitation.Point.Code,
                invitation.Person.Code,
                invitation.Person.FullName,
                invitation.TeamCode,
                invitation.TeamName,
                invitation.CommuneCode,
                invitation.Response,
                invitation.ResponseReason,
                invitation.RespondedUtc,
                invitation.RespondedByName,
                MovedFrom = db.Set<SessionPoint>().Where(point => point.Id == invitation.MovedFromId).Select(point => point.Code).FirstOrDefault(),
            }).AsAsyncEnumerable();
        // The mark at the start tells a spreadsheet program that this is UTF-8.
        await using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true }, leaveOpen: true);
        await WriteLineAsync(csv, Columns, cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await WriteLineAsync(csv,
            [
                row.Point, row.Code, row.FullName, row.TeamCode, row.TeamName, row.CommuneCode, row.Response.ToString().ToLowerInvariant(),
                Harmless(row.ResponseReason), row.RespondedUtc?.ToString("yyyy-MM-ddTHH:mm:ssZ"), row.RespondedByName, row.MovedFrom,
            ], cancellationToken);
        }
    }

    private static ValueTask WriteLineAsync(CsvWriter csv, IReadOnlyList<string?> cells, CancellationToken cancellationToken)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        return csv.EndRecordAsync(cancellationToken);
    }

    /// <summary>Words that a spreadsheet program would take for a formula get an apostrophe in front.</summary>
    private static string? Harmless(string? words) => words?.TrimStart() is ['=' or '@' or '+' or '-', ..] ? "'" + words : words;
}
