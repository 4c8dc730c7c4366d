using System.Globalization;
using System.Text;

namespace TrainingSite.Courses.Certificates.Pdf;

/// <summary>A colour, its parts from 0 to 255.</summary>
internal readonly record struct PdfColor(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads <c>#0B6E4F</c>.</summary>
    public static PdfColor Parse(string hex) => new(Convert.FromHexString(hex.AsSpan(1, 2))[0], Convert.FromHexString(hex.AsSpan(3, 2))[0], Convert.FromHexString(hex.AsSpan(5, 2))[0]);

    /// <summary>Contrast with white as WCAG counts it, 1 to 21.</summary>
    public double ContrastWithWhite => 1.05 / (0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue) + 0.05);

    private static double Linear(byte part)
    {
        var share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}

/// <summary>One page: what is drawn on it, in points from the lower left corner.</summary>
internal sealed class PdfPage(double width, double height)
{
    private readonly StringBuilder _content = new();

    public double Width => width;

    public double Height => height;

    /// <summary>The operators so far.</summary>
    public string Content => _content.ToString();

    public void Fill(PdfColor color) => _content.Append(CultureInfo.InvariantCulture, $"{Parts(color)} rg\n");

    public void Rectangle(double x, double y, double w, double h) => _content.Append($"{N(x)} {N(y)} {N(w)} {N(h)} re f\n");

    public void Frame(double x, double y, double w, double h, double line, PdfColor color) =>
        _content.Append($"{Parts(color)} RG {N(line)} w {N(x)} {N(y)} {N(w)} {N(h)} re S\n");

    public void Line(double x, double y, double toX, double toY, double line, PdfColor color) =>
        _content.Append($"{Parts(color)} RG {N(line)} w {N(x)} {N(y)} m {N(toX)} {N(toY)} l S\n");

    /// <summary>A square on its corner, around a point.</summary>
    public void Diamond(double x, double y, double half) =>
        _content.Append($"{N(x - half)} {N(y)} m {N(x)} {N(y + half)} l {N(x + half)} {N(y)} l {N(x)} {N(y - half)} l f\n");

    public void Text(PdfFont font, double size, double x, double y, string text, double tracking = 0) =>
        _content.Append($"BT /{font.Key} {N(size)} Tf {N(tracking)} Tc {N(x)} {N(y)} Td <{font.Encode(text)}> Tj ET\n");

    public void Center(PdfFont font, double size, double x, double y, string text, double tracking = 0) =>
        Text(font, size, x - (font.Width(text, size, tracking) - tracking) / 2, y, text, tracking);

    private static string Parts(PdfColor color) => $"{N(color.Red / 255.0)} {N(color.Green / 255.0)} {N(color.Blue / 255.0)}";

    private static string N(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
