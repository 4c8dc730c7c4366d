using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Makeup;

/// <summary>
/// The frozen list of a make-up: whoever of the original's list was not there so far, with team and unit of the original's day, so that
/// a transfer or a merger in between changes nothing.
/// </summary>
internal static class MakeupList
{
    /// <summary>Writes the list in the running transaction, and lets check-in know of the make-up.</summary>
    /// <returns>People on the list, and codes of the original's points whose people have no point to go to.</returns>
    public static async Task<(int Invited, IReadOnlyList<string> Homeless)> InsertAsync(SiteDbContext db, TrainingSession session, Guid originalId, CancellationToken cancellationToken)
    {
        var invited = await InsertAsync(db, session.Id, originalId, cancellationToken);
        var homeless = await db.MissedFor(session.Id, originalId)
            .Where(invitation => !db.Set<Invitation>().Any(own => own.SessionId == session.Id && own.PersonId == invitation.PersonId))
            .Select(invitation => invitation.Point.Code).Distinct().OrderBy(code => code).ToListAsync(cancellationToken);
        // From now on a mark in one of them changes what the original credits: their rolls must be read anew.
        await db.Sessions.Where(row => row.Id != session.Id && (row.Id == originalId || row.MakeupOfId == originalId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1), cancellationToken);
        return (invited, homeless);
    }

    /// <summary>The point of a person is the one that stands for their point of the original: of the same unit or code, else one whose unit holds theirs, else a common hall.</summary>
    private static Task<int> InsertAsync(SiteDbContext db, Guid sessionId, Guid originalId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Sessions_Invitation" ("SessionId", "PersonId", "PointId", "TeamId", "TeamCode", "TeamName", "UnitPath", "CommuneCode", "Role", "IsWalkIn")
            WITH place AS (
                SELECT o."Id" AS "OriginalId", p."Id" AS "PointId",
                    ROW_NUMBER() OVER (PARTITION BY o."Id" ORDER BY
                        CASE
                            WHEN p."UnitId" = o."UnitId" AND p."Code" = o."Code" THEN 0
                            WHEN p."UnitId" = o."UnitId" THEN 1
                            WHEN p."Code" = o."Code" THEN 2
                            WHEN p."UnitId" IS NOT NULL THEN 3
                            ELSE 4
                        END, length(p."Path") DESC, p."Code") AS n
                FROM "Sessions_Point" AS o
                JOIN "Sessions_Point" AS p ON p."SessionId" = {sessionId}
                    AND (p."Code" = o."Code" OR p."UnitId" = o."UnitId" OR p."UnitId" IS NULL OR substr(o."Path", 1, length(p."Path")) = p."Path")
                WHERE o."SessionId" = {originalId}),
            there AS (
                SELECT a."PersonId" FROM "Sessions_Attendance" AS a
                WHERE a."SessionId" IN (SELECT s."Id" FROM "Sessions_Session" AS s WHERE s."State" <> 'Cancelled' AND (s."Id" = {originalId} OR s."MakeupOfId" = {originalId}
                        OR (s."IsRehearsal" = {false} AND s."SeriesId" = (SELECT o."SeriesId" FROM "Sessions_Session" AS o WHERE o."Id" = {originalId}))))
                    AND a."Status" IN ('Present', 'Late', 'LeftEarly'))
            SELECT {sessionId}, i."PersonId", place."PointId", i."TeamId", i."TeamCode", i."TeamName", i."UnitPath", i."CommuneCode", i."Role", {false}
            FROM "Sessions_Invitation" AS i
            JOIN place ON place."OriginalId" = i."PointId" AND place.n = 1
            WHERE i."SessionId" = {originalId} AND i."IsWalkIn" = {false}
                AND NOT EXISTS (SELECT 1 FROM there WHERE there."PersonId" = i."PersonId")
                AND (NOT EXISTS (SELECT 1 FROM "Sessions_MakeupPoint" AS m WHERE m."SessionId" = {sessionId})
                    OR i."PointId" IN (SELECT m."PointId" FROM "Sessions_MakeupPoint" AS m WHERE m."SessionId" = {sessionId}))
            """, cancellationToken);
}
