using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Events;

/// <summary>One membership that begins or ends.</summary>
/// <param name="MembershipId">Key of the membership.</param>
/// <param name="PersonId">Who.</param>
/// <param name="TeamId">In which team.</param>
/// <param name="Role">As what.</param>
/// <param name="On">First day, or first day on which it is no more.</param>
public sealed record MembershipChange(Guid MembershipId, Guid PersonId, Guid TeamId, TeamRole Role, DateOnly On);

/// <summary>People join teams (many at once in an import: react set-wise). Published before it is saved.</summary>
/// <param name="Changes">The memberships that begin.</param>
public sealed record MembershipStarted(IReadOnlyCollection<MembershipChange> Changes);

/// <summary>People leave teams, or change their role in them. Published before it is saved.</summary>
/// <param name="Changes">The memberships that end.</param>
public sealed record MembershipEnded(IReadOnlyCollection<MembershipChange> Changes);
