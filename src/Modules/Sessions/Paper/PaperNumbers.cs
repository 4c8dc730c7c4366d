using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Paper;

/// <summary>Gives people their numbers on the sheets of points: all at once when a session is published, the next ones to whoever comes later.</summary>
public sealed class PaperNumbers(SiteDbContext db)
{
    /// <summary>Two nodes may number at once; what one has lost to the other it does in the next round.</summary>
    private const int Rounds = 5;

    /// <summary>Gives numbers to all of a session who have none, in the order of the sheet; one statement.</summary>
    public Task GiveAsync(Guid session, CancellationToken cancellationToken = default) => InsertAsync(session, null, cancellationToken);

    /// <summary>The paper codes of a point's people; whoever has no number gets the next.</summary>
    public async Task<Dictionary<Guid, string>> CodesOfAsync(Guid point, CancellationToken cancellationToken = default) =>
        (await OfAsync(point, cancellationToken)).ToDictionary(person => person.Key, person => PaperCode.Of(point, person.Value));

    /// <summary>The numbers of a point's people; whoever has no number gets the next.</summary>
    public async Task<Dictionary<Guid, int>> OfAsync(Guid point, CancellationToken cancellationToken = default)
    {
        var missing = db.Invitations.Where(invitation => invitation.PointId == point && !db.Set<PaperNumber>().Any(number => number.PointId == point && number.PersonId == invitation.PersonId));
        for (var round = 0; round < Rounds && await missing.Select(invitation => (Guid?)invitation.SessionId).FirstOrDefaultAsync(cancellationToken) is { } session; round++)
        {
            await InsertAsync(session, point, cancellationToken);
        }

        return await db.Set<PaperNumber>().Where(number => number.PointId == point && db.Set<Invitation>().Any(invitation => invitation.PointId == point && invitation.PersonId == number.PersonId))
            .ToDictionaryAsync(number => number.PersonId, number => number.Number, cancellationToken);
    }

    private Task<int> InsertAsync(Guid session, Guid? point, CancellationToken cancellationToken)
    {
        var (all, only) = (point is null, point ?? Guid.Empty);
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Sessions_PaperNumber" ("PointId", "PersonId", "Number")
            SELECT i."PointId", i."PersonId", COALESCE(given."Last", 0) + ROW_NUMBER() OVER (PARTITION BY i."PointId" ORDER BY p."SortName", p."Code")
            FROM "Sessions_Invitation" AS i
            JOIN "Organization_Person" AS p ON p."Id" = i."PersonId"
            LEFT JOIN (
                SELECT n."PointId", MAX(n."Number") AS "Last" FROM "Sessions_PaperNumber" AS n
                JOIN "Sessions_Point" AS own ON own."Id" = n."PointId" AND own."SessionId" = {session}
                GROUP BY n."PointId") AS given ON given."PointId" = i."PointId"
            WHERE i."SessionId" = {session} AND ({all} OR i."PointId" = {only})
                AND NOT EXISTS (SELECT 1 FROM "Sessions_PaperNumber" AS had WHERE had."PointId" = i."PointId" AND had."PersonId" = i."PersonId")
            ON CONFLICT DO NOTHING
            """, cancellationToken);
    }
}
