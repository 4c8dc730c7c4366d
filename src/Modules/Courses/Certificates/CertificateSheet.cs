using System.Globalization;
using QRCoder;
using TrainingSite.Courses.Certificates.Pdf;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Certificates;

/// <summary>Draws certificates on A4 across. Their language is Vietnamese, whatever the reader's.</summary>
public sealed class CertificateSheet
{
    private static readonly CultureInfo VietnamCulture = CultureInfo.GetCultureInfo("vi-VN");
    private const double Width = 842, Height = 595, Middle = Width / 2, Margin = 90;
    private static readonly PdfColor Ink = PdfColor.Parse("#1B1F1D");
    private static readonly PdfColor Quiet = PdfColor.Parse("#5B6660");
    private readonly TrueTypeFont _regular = Load("BeVietnamPro-Regular");
    private readonly TrueTypeFont _bold = Load("BeVietnamPro-Bold");
    private readonly SiteAddress _address;

    /// <summary>Reads the fonts.</summary>
    public CertificateSheet(SiteAddress address) => _address = address;

    /// <summary>Where a certificate can be checked, as its paper says it.</summary>
    public string UrlOf(string code) => $"{_address.Url}/certificates/{code}";

    /// <summary>One certificate as a file.</summary>
    public async Task<byte[]> DrawAsync(CertificatePaper paper, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        var document = Begin($"{paper.Design.Title} {paper.Certificate.Number}: {paper.PersonName}");
        document.Add(paper);
        await document.FinishAsync(file, cancellationToken);
        return file.ToArray();
    }

    /// <summary>A file of many certificates, a page each.</summary>
    internal Sheets Begin(string title) => new(this, title);

    private static TrueTypeFont Load(string name)
    {
        using var stream = typeof(CertificateSheet).Assembly.GetManifestResourceStream($"{name}.ttf") ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new(bytes.ToArray(), name);
    }

    /// <summary>The file as it grows.</summary>
    internal sealed class Sheets
    {
        private readonly CertificateSheet _sheet;
        private readonly PdfDocument _document;
        private readonly PdfFont _regular;
        private readonly PdfFont _bold;

        internal Sheets(CertificateSheet sheet, string title)
        {
            _sheet = sheet;
            _document = new(title);
            _regular = _document.AddFont(sheet._regular);
            _bold = _document.AddFont(sheet._bold);
        }

        public Task FlushAsync(Stream output, CancellationToken cancellationToken) => _document.FlushAsync(output, cancellationToken);

        public Task FinishAsync(Stream output, CancellationToken cancellationToken) => _document.FinishAsync(output, cancellationToken);

        public void Add(CertificatePaper paper)
        {
            var page = new PdfPage(Width, Height);
            var primary = PdfColor.Parse(paper.Design.Primary);
            var accent = PdfColor.Parse(paper.Design.Accent);
            DrawFrame(page, primary, accent);
            DrawHead(page, paper.Design.Issuer);
            DrawMiddle(page, paper, primary, accent);
            DrawProof(page, paper);
            DrawSignature(page, paper);
            _document.AddPage(page);
        }

        /// <summary>Two lines around, and between them above and below a row of diamonds, as on the hem of a woven skirt.</summary>
        private static void DrawFrame(PdfPage page, PdfColor primary, PdfColor accent)
        {
            page.Frame(20, 20, Width - 40, Height - 40, 1.6, primary);
            page.Frame(25, 25, Width - 50, Height - 50, 0.5, accent);
            const int Count = 47;
            const double Step = 16;
            foreach (var y in new[] { 36.0, Height - 36 })
            {
                for (var index = 0; index < Count; index++)
                {
                    var isLarge = index % 2 == 0;
                    page.Fill(isLarge ? primary : accent);
                    page.Diamond(Middle + (index - Count / 2) * Step, y, isLarge ? 4.5 : 2.4);
                }
            }
        }

        /// <summary>Who issues at the left, the country's name and motto at the right, as on every official paper.</summary>
        private void DrawHead(PdfPage page, string issuer)
        {
            const double Left = 225, Right = 606, Top = 522;
            page.Fill(Ink);
            var lines = Lines(_bold, issuer.ToUpper(VietnamCulture), 11, 300, most: 3);
            var step = lines.Size * 1.36;
            for (var index = 0; index < lines.Texts.Count; index++)
            {
                page.Center(_bold, lines.Size, Left, Top - index * step, lines.Texts[index]);
            }

            var rule = Top - (lines.Texts.Count - 1) * step - 9;
            page.Line(Left - 40, rule, Left + 40, rule, 0.7, Ink);
            page.Center(_bold, 11, Right, Top, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
            page.Center(_bold, 11.5, Right, Top - 16, "Độc lập - Tự do - Hạnh phúc");
            page.Line(Right - 84, Top - 23, Right + 84, Top - 23, 0.7, Ink);
        }

        private void DrawMiddle(PdfPage page, CertificatePaper paper, PdfColor primary, PdfColor accent)
        {
            const double Room = Width - 2 * Margin;
            page.Fill(primary);
            // The spaces between its letters need room as well.
            var title = Lines(_bold, paper.Design.Title.ToUpper(VietnamCulture), 40, Room - 100, most: 1);
            page.Center(_bold, title.Size, Middle, 424, title.Texts[0], tracking: 2.5);
            page.Line(Middle - 70, 406, Middle - 12, 406, 0.7, accent);
            page.Line(Middle + 12, 406, Middle + 70, 406, 0.7, accent);
            page.Fill(accent);
            page.Diamond(Middle, 406, 4.5);
            page.Fill(Quiet);
            DrawLines(page, paper.Design.Intro, Room, 374);
            page.Fill(Ink);
            var name = Lines(_bold, paper.PersonName, 36, Room, most: 1);
            page.Center(_bold, name.Size, Middle, 327, name.Texts[0]);
            page.Fill(Quiet);
            DrawLines(page, paper.Design.Body, Room, 292);
            page.Fill(primary);
            var course = Lines(_bold, $"“{paper.Certificate.CourseTitle}”", 21, Room, most: 2);
            for (var index = 0; index < course.Texts.Count; index++)
            {
                page.Center(_bold, course.Size, Middle, 260 - index * course.Size * 1.3, course.Texts[index]);
            }

            page.Fill(Quiet);
            page.Center(_regular, 12.5, Middle, 234 - (course.Texts.Count - 1) * course.Size * 1.3, paper.ExpiresUtc is { } expires
                ? $"Hoàn thành ngày {paper.CompletedUtc.ToDateText()}, có giá trị đến ngày {expires.ToLastDayText()}"
                : $"Hoàn thành ngày {paper.CompletedUtc.ToDateText()}");
        }

        /// <summary>Words between the large ones: on one line, or on two around its height.</summary>
        private void DrawLines(PdfPage page, string text, double width, double y)
        {
            const double Step = 15;
            var lines = Lines(_regular, text, 14, width, most: 2);
            for (var index = 0; index < lines.Texts.Count; index++)
            {
                page.Center(_regular, lines.Size, Middle, y + (lines.Texts.Count - 1) * Step / 2 - index * Step, lines.Texts[index]);
            }
        }

        /// <summary>The code as drawing and as letters, for whoever wants to know whether the paper is real.</summary>
        private void DrawProof(PdfPage page, CertificatePaper paper)
        {
            const double Left = 60, Bottom = 62, Side = 88;
            page.Fill(Ink);
            using (var code = QRCodeGenerator.GenerateQrCode(_sheet.UrlOf(paper.Certificate.Code), QRCodeGenerator.ECCLevel.M))
            {
                // The matrix brings four quiet modules on each side; the paper around is white anyway.
                const int Quiet = 4;
                var rows = code.ModuleMatrix;
                var count = rows.Count - 2 * Quiet;
                var module = Side / count;
                for (var y = 0; y < count; y++)
                {
                    for (var x = 0; x < count; x++)
                    {
                        var start = x;
                        while (x < count && rows[y + Quiet][x + Quiet])
                        {
                            x++;
                        }

                        if (x > start)
                        {
                            page.Rectangle(Left + start * module, Bottom + Side - (y + 1) * module, (x - start) * module, module);
                        }
                    }
                }
            }

            const double Text = Left + Side + 16;
            page.Text(_bold, 10.5, Text, Bottom + 62, $"Số: {paper.Certificate.Number}");
            page.Fill(CertificateSheet.Quiet);
            page.Text(_regular, 9.5, Text, Bottom + 40, "Quét mã hoặc mở địa chỉ dưới đây để kiểm tra:");
            var address = Lines(_regular, _sheet.UrlOf(paper.Certificate.Code), 9.5, 290, most: 1);
            page.Text(_regular, address.Size, Text, Bottom + 26, address.Texts[0]);
            page.Text(_regular, 9.5, Text, Bottom + 6, "Mã kiểm tra: ");
            page.Fill(Ink);
            page.Text(_bold, 9.5, Text + _regular.Width("Mã kiểm tra: ", 9.5), Bottom + 6, CertificateCode.Format(paper.Certificate.Code), tracking: 0.4);
        }

        private void DrawSignature(PdfPage page, CertificatePaper paper)
        {
            const double Center = 640, Room = 260;
            var day = VietnamTime.ToLocal(paper.Certificate.IssuedUtc);
            var date = $"ngày {day.Day:00} tháng {day.Month:00} năm {day.Year}";
            page.Fill(Ink);
            var signed = Lines(_regular, paper.Design.Place.Length > 0 ? $"{paper.Design.Place}, {date}" : char.ToUpper(date[0], VietnamCulture) + date[1..], 11.5, Room, most: 2);
            for (var index = 0; index < signed.Texts.Count; index++)
            {
                page.Center(_regular, signed.Size, Center, 184 + (signed.Texts.Count - 1) * 6 - index * 12, signed.Texts[index]);
            }

            if (paper.Design.SignerTitle.Length > 0)
            {
                var office = Lines(_bold, paper.Design.SignerTitle.ToUpper(VietnamCulture), 11.5, Room, most: 2);
                for (var index = 0; index < office.Texts.Count; index++)
                {
                    page.Center(_bold, office.Size, Center, 165 - index * 14, office.Texts[index]);
                }
            }

            if (paper.Design.SignerName.Length > 0)
            {
                var name = Lines(_bold, paper.Design.SignerName, 13, Room, most: 1);
                page.Center(_bold, name.Size, Center, 66, name.Texts[0]);
            }
        }

        /// <summary>The whole text in so many lines at most, smaller when it must be. Before a word gets too small to read it is cut in two.</summary>
        private static (double Size, List<string> Texts) Lines(PdfFont font, string text, double size, double width, int most)
        {
            const double Readable = 7;
            var lines = font.Break(text, size, width, cutsWords: false);
            while (lines.Count > most || lines.Exists(line => font.Width(line, size) > width))
            {
                size *= 0.96;
                lines = font.Break(text, size, width, cutsWords: size < Readable);
            }

            return (size, lines);
        }
    }
}
