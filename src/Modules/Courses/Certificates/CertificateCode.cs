using System.Security.Cryptography;

namespace TrainingSite.Courses.Certificates;

/// <summary>Codes of certificates: twelve of the 32 signs that nobody mistakes for one another (Crockford's), 60 bits.</summary>
internal static class CertificateCode
{
    public const int Length = 12;
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Create() => RandomNumberGenerator.GetString(Signs, Length);

    /// <summary>"K7QF-2M9D-XH4P": as people read and type it.</summary>
    public static string Format(string code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));

    /// <summary>The code that somebody typed, whatever the case, with or without hyphens; null when it cannot be one.</summary>
    public static string? Parse(string? text)
    {
        var code = new string([.. (text ?? "").Where(sign => sign is not ('-' or ' ')).Take(Length + 1).Select(sign => char.ToUpperInvariant(sign) switch
        {
            'O' => '0',
            'I' or 'L' => '1',
            var other => other,
        })]);
        return code.Length == Length && code.All(Signs.Contains) ? code : null;
    }
}
