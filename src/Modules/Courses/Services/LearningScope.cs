using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Over whose learning a reader has a right.</summary>
internal static class LearningScope
{
    /// <summary>The memberships of a day in the teams where the reader holds the permission: whom they may see, teach or decide about. Somebody in two such teams is there twice.</summary>
    public static IQueryable<Membership> MembersFor(this SiteDbContext db, CurrentUser user, Permission permission, DateOnly day) =>
        db.Memberships.On(day).InScope(user.ScopeOf(permission), membership => membership.Team.Unit.Path);

    /// <summary>Whether one of the person's teams of that day lies where the reader may see learning.</summary>
    public static Task<bool> MayViewLearningAsync(this SiteDbContext db, CurrentUser user, Guid personId, DateOnly day, CancellationToken cancellationToken) =>
        db.MembersFor(user, Permissions.ViewLearning, day).AnyAsync(membership => membership.PersonId == personId, cancellationToken);
}
