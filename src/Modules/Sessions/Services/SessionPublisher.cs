using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Makeup;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Paper;

namespace TrainingSite.Sessions.Services;

/// <summary>Freezes the invited list: one statement for all, with each person's team, unit and point as of that day (R39).</summary>
public sealed class SessionPublisher(SiteDbContext db, PaperNumbers paper, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Writes the list, in the running transaction.</summary>
    public async Task<Result<PublishOutcome>> FreezeAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        var points = await db.SessionPoints.AsNoTracking().Where(point => point.SessionId == session.Id).OrderBy(point => point.Code)
            .Select(point => new { point.Id, point.Code, point.UnitId, point.Venue, point.Link, point.Capacity })
            .ToListAsync(cancellationToken);
        var faults = new List<Fault>();
        if (points.Count == 0)
        {
            faults.Add(new("session_without_points", T["Buổi {0} chưa có điểm cầu. Hãy thêm ít nhất một điểm cầu.", session.Code], "Points"));
        }

        var homeless = points.Where(point => string.IsNullOrWhiteSpace(point.Venue) && session.Mode switch
        {
            SessionMode.InPerson => true,
            SessionMode.Mixed => string.IsNullOrWhiteSpace(point.Link),
            SessionMode.Online => false,
        }).Select(point => point.Code).ToList();
        if (homeless.Count > 0)
        {
            faults.Add(new("point_without_venue", T["{0} điểm cầu chưa có địa điểm: {1}. Hãy ghi nơi người học đến.", homeless.Count, string.Join(", ", homeless.Take(5))], "Points"));
        }

        if (session.MakeupOfId is null && !await db.Set<SessionInvite>().AnyAsync(invite => invite.SessionId == session.Id, cancellationToken))
        {
            faults.Add(NoInvitees(session));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        int invited;
        if (session.MakeupOfId is { } originalId)
        {
            (invited, var stranded) = await MakeupList.InsertAsync(db, session, originalId, cancellationToken);
            if (stranded.Count > 0)
            {
                return new Fault("people_without_point", T["Người của {0} điểm cầu ở buổi gốc chưa có nơi học bù: {1}. Hãy thêm điểm cầu cho họ, hoặc một điểm cầu chung.", stranded.Count, string.Join(", ", stranded.Take(5))], "Points");
            }
        }
        else
        {
            var hall = points.Find(point => point.UnitId is null)?.Id;
            invited = await InsertAsync(session, hall, cancellationToken);
            if (hall is null && await FindWithoutPointAsync(session, cancellationToken) is { Count: > 0 } left)
            {
                return new Fault("people_without_point", T["{0} đơn vị được mời chưa có điểm cầu: {1}. Hãy thêm điểm cầu cho các đơn vị đó, hoặc một điểm cầu chung.", left.Count, string.Join(", ", left.Take(5))], "Points");
            }
        }

        if (invited == 0)
        {
            return session.MakeupOfId is null ? NoInvitees(session) : new("nobody_missed", T["Mọi người của buổi gốc đã dự hoặc đã học bù; không còn ai để mời."], "Invite");
        }

        await paper.GiveAsync(session.Id, cancellationToken);
        var expected = await db.Invitations.Where(invitation => invitation.SessionId == session.Id)
            .GroupBy(invitation => invitation.PointId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new PublishOutcome(invited, points.Count, [.. points.Where(point => point.Capacity < expected.GetValueOrDefault(point.Id)).Select(point => point.Code)]);
    }

    private Fault NoInvitees(TrainingSession session) => new("no_invitees", T["Buổi {0} chưa mời ai. Hãy chọn đơn vị, cấp và vai trò được mời.", session.Code], "Invite");

    /// <summary>The point of a person is that of their village, else of the commune, of the district, of the province, else the common hall.</summary>
    private Task<int> InsertAsync(TrainingSession session, Guid? hall, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        bool communes = session.InvitedLevels.HasFlag(TeamLevels.Commune), villages = session.InvitedLevels.HasFlag(TeamLevels.Village);
        bool leaders = session.InvitedRoles.HasFlag(TeamRoles.Leader), deputies = session.InvitedRoles.HasFlag(TeamRoles.Deputy),
            members = session.InvitedRoles.HasFlag(TeamRoles.Member), collaborators = session.InvitedRoles.HasFlag(TeamRoles.Collaborator);
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Sessions_Invitation" ("SessionId", "PersonId", "PointId", "TeamId", "TeamCode", "TeamName", "UnitPath", "CommuneCode", "Role", "IsWalkIn")
            WITH served AS (
                SELECT numbered."UnitId", numbered."Id" FROM (
                    SELECT p."UnitId", p."Id", ROW_NUMBER() OVER (PARTITION BY p."UnitId" ORDER BY p."Code") AS n
                    FROM "Sessions_Point" AS p WHERE p."SessionId" = {session.Id} AND p."UnitId" IS NOT NULL) AS numbered
                WHERE numbered.n = 1),
            place AS MATERIALIZED (
                SELECT u."Id", u."Path", u."Level", CASE u."Level" WHEN 'Commune' THEN u."Code" ELSE above."Code" END AS "CommuneCode",
                    COALESCE(own."Id", higher."Id", district."Id", province."Id", {hall}) AS "PointId"
                FROM "Organization_Unit" AS u
                LEFT JOIN "Organization_Unit" AS above ON above."Id" = u."ParentId"
                LEFT JOIN "Organization_Unit" AS top ON top."Id" = above."ParentId"
                LEFT JOIN served AS own ON own."UnitId" = u."Id"
                LEFT JOIN served AS higher ON higher."UnitId" = u."ParentId"
                LEFT JOIN served AS district ON district."UnitId" = above."ParentId"
                LEFT JOIN served AS province ON province."UnitId" = top."ParentId"
                WHERE ((u."Level" = 'Commune' AND {communes}) OR (u."Level" = 'Village' AND {villages}))
                    AND EXISTS (SELECT 1 FROM "Sessions_Invite" AS i WHERE i."SessionId" = {session.Id} AND substr(u."Path", 1, length(i."UnitPath")) = i."UnitPath")),
            candidate AS (
                SELECT m."PersonId", place."PointId", t."Id" AS "TeamId", t."Code" AS "TeamCode", t."Name" AS "TeamName", place."Path", place."CommuneCode", m."Role",
                    ROW_NUMBER() OVER (PARTITION BY m."PersonId" ORDER BY place."Level", t."Code") AS n
                FROM "Organization_Membership" AS m
                JOIN "Organization_Team" AS t ON t."Id" = m."TeamId" AND t."State" = 'Active' AND t."ValidFrom" <= {today} AND (t."ValidTo" IS NULL OR t."ValidTo" > {today})
                JOIN place ON place."Id" = t."UnitId"
                WHERE m."ValidFrom" <= {today} AND (m."ValidTo" IS NULL OR m."ValidTo" > {today})
                    AND ((m."Role" = 'Leader' AND {leaders}) OR (m."Role" = 'Deputy' AND {deputies}) OR (m."Role" = 'Member' AND {members}) OR (m."Role" = 'Collaborator' AND {collaborators})))
            SELECT {session.Id}, c."PersonId", c."PointId", c."TeamId", c."TeamCode", c."TeamName", c."Path", c."CommuneCode", c."Role", {false}
            FROM candidate AS c WHERE c.n = 1 AND c."PointId" IS NOT NULL
            """, cancellationToken);
    }

    /// <summary>Names of invited communes and villages with a team but without a point to go to.</summary>
    private async Task<List<string>> FindWithoutPointAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var paths = await db.Set<SessionInvite>().Where(invite => invite.SessionId == session.Id).Select(invite => invite.UnitPath).ToListAsync(cancellationToken);
        var served = await db.SessionPoints.Where(point => point.SessionId == session.Id && point.UnitId != null).Select(point => point.Path).ToListAsync(cancellationToken);
        var invited = await db.Teams.AsNoTracking().On(today).InScope(new UnitScope(paths), team => team.Unit.Path)
            .Select(team => new { team.Unit.Level, team.Unit.Path, team.Unit.Name })
            .ToListAsync(cancellationToken);
        return [.. invited.Where(team => session.InvitedLevels.Includes(team.Level))
            .Where(team => !served.Exists(path => team.Path.StartsWith(path, StringComparison.Ordinal)))
            .Select(team => team.Name).Order(StringComparer.Ordinal)];
    }
}
