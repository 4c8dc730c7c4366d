using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>People who come uninvited: with the team of today they get a place on the list of the point where they are.</summary>
public sealed class WalkIns(SiteDbContext db, TimeProvider clock)
{
    /// <summary>The places that these people would get, not added yet; who is in no team today is missing.</summary>
    internal async Task<Dictionary<string, Invitation>> FindAsync(Guid sessionId, IReadOnlyDictionary<string, Guid> pointsByMember, CancellationToken cancellationToken)
    {
        string[] codes = [.. pointsByMember.Keys];
        var memberships = await db.Memberships.AsNoTracking().On(clock.Today()).Where(membership => EF.Parameter(codes).Contains(membership.Person.Code))
            .OrderBy(membership => membership.Team.Unit.Level).ThenBy(membership => membership.Team.Code)
            .Select(membership => new
            {
                membership.Person.Code,
                Place = new Invitation
                {
                    SessionId = sessionId,
                    PersonId = membership.PersonId,
                    TeamId = membership.TeamId,
                    TeamCode = membership.Team.Code,
                    TeamName = membership.Team.Name,
                    Role = membership.Role,
                    UnitPath = membership.Team.Unit.Path,
                    CommuneCode = membership.Team.Unit.Level == UnitLevel.Commune ? membership.Team.Unit.Code : membership.Team.Unit.Parent!.Code,
                    IsWalkIn = true,
                },
            })
            .ToListAsync(cancellationToken);
        var places = new Dictionary<string, Invitation>(StringComparer.Ordinal);
        foreach (var membership in memberships)
        {
            // Of several teams the first counts, as when the list is frozen.
            if (places.TryAdd(membership.Code, membership.Place))
            {
                membership.Place.PointId = pointsByMember[membership.Code];
            }
        }

        return places;
    }
}
