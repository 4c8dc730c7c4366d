using System.Text;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Recognizes lists in the two encodings that Vietnamese offices used before Unicode: windows-1258 and TCVN3 (the ABC fonts).</summary>
internal static class LegacyEncoding
{
    private const string Letters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";
    private const string Punctuation = "\u00A0“”‘’–—…°·•«»€™®©";

    /// <summary>TCVN3's bytes from 0xA1; a dot stands for a byte without a letter.</summary>
    private const string Tcvn3 =
        "ĂÂÊÔƠƯĐăâêôơưđ." + ".....àảãáạ.ằẳẵắ." + "......ặầẩẫấậè.ẻẽ" + "éẹềểễếệìỉ...ĩíịò" + ".ỏõóọồổỗốộờởỡớợù" + ".ủũúụừửữứựỳỷỹýỵ.";

    private static readonly HashSet<char> Usual = [.. Letters, .. Letters.ToUpperInvariant(), .. Punctuation];
    private static readonly Encoding Windows1258 = CodePagesEncodingProvider.Instance.GetEncoding(1258)!;

    /// <summary>The text and the name of its encoding; null when neither makes sense of it.</summary>
    public static (string Text, string Name)? Decode(ReadOnlySpan<byte> bytes)
    {
        var windows = Windows1258.GetString(bytes).Normalize(NormalizationForm.FormC);
        var tcvn3 = DecodeTcvn3(bytes);
        var (best, name) = Odd(tcvn3) < Odd(windows) ? (tcvn3, "tcvn3") : (windows, "windows-1258");
        return Odd(best) * 50 <= best.Length ? (best, name) : null;
    }

    private static string DecodeTcvn3(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            text.Append(value < 0x80 ? (char)value : value > 0xA0 && Tcvn3[value - 0xA1] != '.' ? Tcvn3[value - 0xA1] : '\uFFFD');
        }

        return text.ToString();
    }

    /// <summary>How many characters do not belong in a Vietnamese list.</summary>
    private static int Odd(string text) => text.Count(character => character >= 0x80 && !Usual.Contains(character));
}
