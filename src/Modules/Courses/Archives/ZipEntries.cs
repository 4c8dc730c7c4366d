using System.IO.Compression;
using System.Text.RegularExpressions;

namespace TrainingSite.Courses.Archives;

/// <summary>What every reader of somebody else's ZIP minds.</summary>
internal static partial class ZipEntries
{
    /// <summary>Whether it is what systems leave in archives by themselves.</summary>
    public static bool IsClutter(string name) => Clutter().IsMatch(name);

    /// <summary>Unfolds an entry, by the bytes that really come; false when there are more than allowed, and then some of them are written.</summary>
    public static async Task<bool> CopyAsync(ZipArchiveEntry entry, Stream target, long most, CancellationToken cancellationToken)
    {
        await using var source = await entry.OpenAsync(cancellationToken);
        var buffer = new byte[81920];
        int count;
        while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (target.Length + count > most)
            {
                return false;
            }

            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return true;
    }

    [GeneratedRegex(@"^__MACOSX/|(^|/)(\.DS_Store|Thumbs\.db|desktop\.ini)$")]
    private static partial Regex Clutter();
}
