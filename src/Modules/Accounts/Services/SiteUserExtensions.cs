namespace TrainingSite.Accounts.Services;

/// <summary>What happens to the identity row in more than one place.</summary>
internal static class SiteUserExtensions
{
    /// <summary>Ends every session of the account, as soon as its cookie is looked at again (a few minutes).</summary>
    public static void RenewStamp(this SiteUser user)
    {
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        user.ConcurrencyStamp = Guid.NewGuid().ToString("N");
    }
}
