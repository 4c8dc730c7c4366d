using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>
/// The code of a point, which changes every minute: HMAC of the point's seed and the minute, as six letters to type and as a token in
/// an address. Pure; made and checked by the server only, so that no clock but the server's counts.
/// </summary>
internal static class RotatingCode
{
    /// <summary>Consonants only: they make no words, and none is taken for a digit that could stand there.</summary>
    public const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";

    public const int Letters = 6;
    public const int SeedBytes = 32;
    public const int StepSeconds = 60;

    private const int PointBytes = 16;
    private const int StepBytes = 4;
    private const int MacBytes = 10;
    private const int TokenBytes = PointBytes + StepBytes + MacBytes;

    /// <summary>Number of the minute.</summary>
    public static long StepAt(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalSeconds / StepSeconds;

    /// <summary>Start of a minute.</summary>
    public static DateTime StartOf(long step) => DateTime.UnixEpoch.AddSeconds(step * StepSeconds);

    /// <summary>The minutes whose code is taken now: this one and the one before, and one more on either side for a node whose clock is off.</summary>
    public static IEnumerable<long> TakenAt(DateTime now)
    {
        var step = StepAt(now);
        return [step, step - 1, step - 2, step + 1];
    }

    /// <summary>The six letters of a minute.</summary>
    public static string LettersOf(byte[] seed, long step)
    {
        var number = BinaryPrimitives.ReadUInt64BigEndian(Mac(seed, 'L', step, Guid.Empty));
        return string.Create(Letters, number, (text, rest) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                text[index] = Alphabet[(int)(rest % (ulong)Alphabet.Length)];
                rest /= (ulong)Alphabet.Length;
            }
        });
    }

    /// <summary>The letters as typed, spaces and dashes left out; null when it cannot be a code.</summary>
    public static string? ReadLetters(string? typed)
    {
        var letters = string.Concat((typed ?? "").Where(sign => !char.IsWhiteSpace(sign) && sign is not ('-' or '.'))).ToUpperInvariant();
        return letters.Length == Letters && letters.All(Alphabet.Contains) ? letters : null;
    }

    /// <summary>The token of a minute: point, minute and MAC of both, base64url.</summary>
    public static string TokenOf(byte[] seed, Guid point, long step)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        point.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[PointBytes..], (uint)step);
        Mac(seed, 'T', step, point).AsSpan(0, MacBytes).CopyTo(bytes[(PointBytes + StepBytes)..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Which point and minute a token claims; null when it is none. Not yet believed.</summary>
    public static (Guid Point, long Step)? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        return Base64Url.IsValid(token, out var length) && length == TokenBytes && Base64Url.TryDecodeFromChars(token, bytes, out _)
            ? (new Guid(bytes[..PointBytes], bigEndian: true), BinaryPrimitives.ReadUInt32BigEndian(bytes[PointBytes..]))
            : null;
    }

    /// <summary>Whether two codes are the same, in a time that tells nothing about where they differ.</summary>
    public static bool AreSame(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(left), System.Text.Encoding.UTF8.GetBytes(right));

    private static byte[] Mac(byte[] seed, char use, long step, Guid point)
    {
        Span<byte> message = stackalloc byte[1 + sizeof(long) + PointBytes];
        message[0] = (byte)use;
        BinaryPrimitives.WriteInt64BigEndian(message[1..], step);
        point.TryWriteBytes(message[(1 + sizeof(long))..], bigEndian: true, out _);
        return HMACSHA256.HashData(seed, message);
    }
}
