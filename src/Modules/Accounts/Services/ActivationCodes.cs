using System.Security.Cryptography;

namespace TrainingSite.Accounts.Services;

/// <summary>Codes that can be read aloud over a bad line: eight letters and digits, none of which looks like another.</summary>
internal static class ActivationCodes
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static string Create() => RandomNumberGenerator.GetString(Alphabet, 8);

    /// <summary>The code from what a person typed: small letters, spaces and hyphens do not matter.</summary>
    public static string Normalize(string typed) => new([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
