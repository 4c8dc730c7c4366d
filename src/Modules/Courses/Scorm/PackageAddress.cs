using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;

namespace TrainingSite.Courses.Scorm;

/// <summary>
/// The address under which a package's files are served for a day or two: whoever has it may read that package and nothing else, and needs no cookie. It
/// stays the same through a day, so that browsers keep the files.
/// </summary>
public sealed class PackageAddress(IDataProtectionProvider protection, IMemoryCache cache, TimeProvider clock)
{
    private const int HashBytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("TrainingSite.Courses.Scorm.PackageAddress");

    /// <summary>The token of a package.</summary>
    public string TokenOf(string sha256)
    {
        var today = clock.Today();
        return cache.GetOrCreate((typeof(PackageAddress), sha256, today), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromDays(1);
            var content = new byte[HashBytes + sizeof(int)];
            Convert.FromHexString(sha256, content, out _, out _);
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(HashBytes), today.AddDays(1).DayNumber);
            return Base64Url.EncodeToString(_protector.Protect(content));
        })!;
    }

    /// <summary>The package that a token is for; null when it is none, or too old.</summary>
    public string? Read(string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        try
        {
            var content = _protector.Unprotect(Base64Url.DecodeFromChars(token));
            return content.Length == HashBytes + sizeof(int) && BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(HashBytes)) >= clock.Today().DayNumber
                ? Convert.ToHexStringLower(content.AsSpan(0, HashBytes))
                : null;
        }
        catch (CryptographicException)
        {
            // Made up, or by another site's key: no token.
            return null;
        }
    }
}
