namespace TrainingSite.Accounts.Models;

/// <summary>Knows the people whom accounts belong to. Contributed by the module that owns the people.</summary>
public interface IPersonDirectory
{
    /// <summary>The person of that code (the roster's <c>member_id</c>); null when there is none.</summary>
    Task<DirectoryPerson?> FindAsync(string code, CancellationToken cancellationToken);
}

/// <summary>A person as the accounts see them.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Full name.</param>
/// <param name="Phone">E.164, or null.</param>
public sealed record DirectoryPerson(Guid Id, string Name, string? Phone);

/// <summary>
/// An account was made for a person. Published before the account is saved: a handler notes the account beside the person, and both
/// are saved or neither.
/// </summary>
/// <param name="UserId">The account.</param>
/// <param name="PersonId">The person.</param>
public sealed record AccountLinked(Guid UserId, Guid PersonId);
