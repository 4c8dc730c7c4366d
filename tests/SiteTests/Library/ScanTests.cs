using TrainingSite.Library.Models;

namespace TrainingSite.SiteTests.Library;

/// <summary>Pictures and scanned pages, read by the real tools.</summary>
public sealed class ScanTests(ScanSite site) : IClassFixture<ScanSite>
{
    [Fact]
    public async Task Scan_IsReadSomePagesAtATime_AndSaysHowWell()
    {
        SkipWithoutTools();
        var picture = await SampleFiles.PictureAsync("Teachers meet at the market hall on Friday", jpeg: true);
        var organizer = await site.SignInAsync("so.organizer");
        var book = await organizer.AddAsync("sach.pdf", SampleFiles.Scan((null, "Printed page"), (picture, ""), (picture, ""), (await SampleFiles.PictureAsync("Bring the blue bucket to the river", jpeg: true), "")), ("Title", "Sách quét"));
        var photo = await organizer.AddAsync("anh.png", await SampleFiles.PictureAsync("Bring two phones and a charger", jpeg: false), ("Title", "Ảnh bảng"));

        await site.ReadTextsAsync();
        Assert.Contains("Printed page", (await organizer.GetPageAsync(book)).QuerySelector("article")!.TextContent);
        Assert.Contains("chờ nhận dạng: trang 2–4", await ReadingAsync(book));

        // Two pages a run: the photo first, because it is short.
        await site.ReadScansAsync();
        Assert.Contains("phones", (await organizer.GetPageAsync(photo)).QuerySelector("article")!.TextContent);
        Assert.Contains("chờ nhận dạng: trang 3–4", await ReadingAsync(book));
        await site.ReadScansAsync();

        Assert.Contains("blue bucket", (await organizer.GetPageAsync(book + "?page=4")).QuerySelector("article")!.TextContent);
        Assert.Contains("Có sẵn chữ trong tệp: trang 1", await ReadingAsync(book));
        Assert.DoesNotContain("chờ", await ReadingAsync(book));
        Assert.Equal($"{book}?page=4", (await (await site.ApiAsync("so.organizer")).GetJsonAsync("/api/v1/search?q=blue+bucket+to+the+river")).GetProperty("hits")[0].GetProperty("url").GetString());
        Assert.All(await site.QueryAsync(db => db.DocumentTexts.Where(text => text.Source == PageSource.Scan).Select(text => text.Confidence).ToListAsync()), confidence => Assert.InRange(confidence!.Value, 60, 100));

        async Task<string> ReadingAsync(string address) => (await organizer.GetPageAsync(address)).QuerySelector("section[aria-labelledby=reading]")!.TextContent;
    }

    [Fact]
    public async Task Files_BrokenEncryptedOrHuge_HoldUpNobody()
    {
        SkipWithoutTools();
        var organizer = await site.SignInAsync("so.organizer");
        var broken = await organizer.AddAsync("hong.pdf", SampleFiles.Text("%PDF-1.4\nkhông có gì nữa"), ("Title", "Hỏng"));
        var blank = await organizer.AddAsync("trang.pdf", SampleFiles.Scan((null, " ")), ("Title", "Trang trắng"));
        var long2000 = await organizer.AddAsync("dai.pdf", SampleFiles.Scan([.. Enumerable.Range(1, 2000).Select(page => ((byte[]?)null, $"Chapter {page}"))]), ("Title", "Hai nghìn trang"));
        var stops = await organizer.AddAsync("dung.txt", SampleFiles.Text("Máy dừng ở đây"), ("Title", "Dừng giữa chừng"));
        await site.QueryAsync(db => db.Documents.Where(document => document.Title == "Dừng giữa chừng").ExecuteUpdateAsync(row => row.SetProperty(document => document.ReadAttempts, 3)));

        await site.ReadTextsAsync();
        await site.ReadScansAsync();

        Assert.Contains("hỏng", await ProblemAsync(broken));
        Assert.Contains("không nhận ra chữ nào", await ProblemAsync(blank));
        Assert.Contains("đã thử đọc tệp này 3 lần", await ProblemAsync(stops));
        Assert.Contains("Chapter 2000", (await organizer.GetPageAsync(long2000 + "?page=2000")).QuerySelector("article")!.TextContent);

        await organizer.PostFormAsync(stops + "/read-again", [], stops);
        await site.ReadTextsAsync();
        Assert.Contains("Máy dừng ở đây", (await organizer.GetPageAsync(stops)).QuerySelector("article")!.TextContent);

        async Task<string> ProblemAsync(string address) => (await organizer.GetPageAsync(address)).QuerySelector(".notice-warning")!.TextContent;
    }

    private static void SkipWithoutTools() =>
        Assert.SkipWhen(ExternalTool.Find(null, "tesseract") is null || ExternalTool.Find(null, "pdftoppm") is null, "Tesseract or pdftoppm is not installed here.");
}
