using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace TrainingSite.Sessions.Cards;

/// <summary>A QR code as a drawing in the page: one path, black on white with its quiet zone, so that it prints and scans also where the page is dark.</summary>
public static class QrSvg
{
    /// <summary>Draws the text.</summary>
    /// <param name="text">What a scanner reads.</param>
    /// <param name="label">What a screen reader says.</param>
    public static IHtmlContent Draw(string text, string label)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        var size = code.ModuleMatrix.Count;
        for (var y = 0; y < size; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < size; x++)
            {
                if (!row[x])
                {
                    continue;
                }

                var start = x;
                while (x < size && row[x])
                {
                    x++;
                }

                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
            }
        }

        return new HtmlString(string.Create(CultureInfo.InvariantCulture,
            $"""<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{HtmlEncoder.Default.Encode(label)}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>"""));
    }
}
