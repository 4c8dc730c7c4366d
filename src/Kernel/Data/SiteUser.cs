using Microsoft.AspNetCore.Identity;

namespace TrainingSite.Kernel;

/// <summary>
/// An account. People sign in by user name or phone number and need no e-mail (R97). What an account may do is a list of
/// grants (role, unit) in the Accounts module; there are no role tables.
/// </summary>
public sealed class SiteUser : IdentityUser<Guid>
{
    /// <summary>Creates an account that is not yet stored.</summary>
    public SiteUser() => Id = Guid.CreateVersion7();

    /// <summary>The name that people read.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>When the account was made, UTC.</summary>
    public DateTime CreatedUtc { get; set; }

    /// <summary>When the person last signed in, UTC.</summary>
    public DateTime? LastSignInUtc { get; set; }
}
