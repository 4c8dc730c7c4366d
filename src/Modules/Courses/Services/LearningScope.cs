using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Who may see how far a person is.</summary>
internal static class LearningScope
{
    /// <summary>Whether one of the person's teams of that day lies where the reader may see learning.</summary>
    public static Task<bool> MayViewLearningAsync(this SiteDbContext db, CurrentUser user, Guid personId, DateOnly day, CancellationToken cancellationToken) =>
        db.Memberships.On(day).Where(membership => membership.PersonId == personId)
            .InScope(user.ScopeOf(Permissions.ViewLearning), membership => membership.Team.Unit.Path).AnyAsync(cancellationToken);
}
