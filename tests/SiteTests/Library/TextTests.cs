using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using TrainingSite.Library;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.SiteTests.Library;

/// <summary>What is taken out of files, and what happens where a tool is missing.</summary>
public sealed class TextTests(NoPdfToolSite site) : IClassFixture<NoPdfToolSite>
{
    [Fact]
    public async Task Pdf_WithoutTool_StaysFindableByTitle_AndSaysSo()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("khong-cong-cu.pdf", SampleFiles.Pdf("words"), ("Title", "Không có công cụ"));

        await site.ReadTextsAsync();

        var page = await organizer.GetPageAsync(address);
        Assert.Contains("pdftotext", page.QuerySelector(".notice-warning")!.TextContent);
        Assert.Contains("Không có công cụ", (await organizer.GetPageAsync("/library?q=công+cụ")).QuerySelector(".rows")!.TextContent);
    }

    [Fact]
    public async Task Pdf_RealTool_GivesItsWords()
    {
        Assert.SkipWhen(ExternalTool.Find(null, "pdftotext") is null, "pdftotext is not installed here.");

        var text = await ExtractAsync(SampleFiles.Pdf("Good morning"), FileFormat.Pdf, new ConfigurationBuilder().Build());

        Assert.Contains("Good morning", Assert.Single(text.Pages).Text);
    }

    [Fact]
    public async Task Word_BombOrBroken_IsNeverOpened()
    {
        Assert.Equal("file_bomb", await DetectAsync(SampleFiles.WordBomb(), "a.docx"));
        var half = SampleFiles.Word("nửa chừng")[..400];
        Assert.Equal("file_broken", await DetectAsync(half, "b.docx"));
    }

    [Fact]
    public async Task Tool_TooSlowOrTooLong_IsEnded()
    {
        var shell = ExternalTool.Find(null, "sh")!;

        var slow = await shell.RunAsync(_ => ["-c", "sleep 60"], TimeSpan.FromMilliseconds(200), maxOutput: 10);
        var endless = await shell.RunAsync(_ => ["-c", "yes"], TimeSpan.FromSeconds(30), maxOutput: 1000);

        Assert.Equal(ToolOutcome.TooSlow, slow.Outcome);
        Assert.Equal(ToolOutcome.TooLong, endless.Outcome);
        Assert.Equal(1000, endless.Output.Length);
    }

    [Fact]
    public async Task Tool_ThatStartsOthersOrWantsTooMuchMemory_IsEnded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is limited on Linux only.");
        var shell = ExternalTool.Find(null, "sh")!;
        var children = Path.Combine(site.DataPath, "children");

        var family = await shell.RunAsync(_ => ["-c", $"sleep 61 & echo $! > {children}; wait"], TimeSpan.FromMilliseconds(500), maxOutput: 10);
        var greedy = await shell.RunAsync(_ => ["-c", "dd if=/dev/zero of=/dev/null bs=300M count=1"], TimeSpan.FromSeconds(30), maxOutput: 10, maxMemory: 100 * 1024 * 1024);

        Assert.Equal(ToolOutcome.TooSlow, family.Outcome);
        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(children)).Trim()}/cwd"));
        Assert.Equal(ToolOutcome.Failed, greedy.Outcome);
    }

    [Fact]
    public async Task Picture_IsMadeSmaller_WhereAToolIsThere()
    {
        var tool = Path.Combine(site.DataPath, "cwebp-for-tests");
        await File.WriteAllTextAsync(tool, "#!/bin/sh\nhead -c 2000 \"$9\" > \"${11}\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var (large, small) = (Path.Combine(site.DataPath, "large"), Path.Combine(site.DataPath, "large-small"));
        await File.WriteAllBytesAsync(large, new byte[200_000]);

        await Shrinker(("Tools:VipsThumbnail", "none"), ("Tools:CWebp", "none")).ShrinkAsync(large, small, FileFormat.Png, CancellationToken.None);
        Assert.False(File.Exists(small));
        await Shrinker(("Tools:VipsThumbnail", "none"), ("Tools:CWebp", tool)).ShrinkAsync(large, small, FileFormat.Png, CancellationToken.None);
        Assert.Equal(2000, new FileInfo(small).Length);

        static PictureShrinker Shrinker(params (string Key, string? Value)[] values)
        {
            var settings = new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))).Build();
            return new(new(settings), settings);
        }
    }

    [Fact]
    public async Task Picture_ThatTakesTooMuchMemory_StaysAsItIs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is limited on Linux only.");
        var tool = Path.Combine(site.DataPath, "greedy-cwebp-for-tests");
        await File.WriteAllTextAsync(tool, "#!/bin/sh\ndd if=/dev/zero of=/dev/null bs=300M count=1 && head -c 2000 \"$9\" > \"${11}\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var (large, small) = (Path.Combine(site.DataPath, "hostile"), Path.Combine(site.DataPath, "hostile-small"));
        await File.WriteAllBytesAsync(large, new byte[200_000]);

        await ShrinkAsync(megabytes: 100);
        Assert.False(File.Exists(small));
        await ShrinkAsync(megabytes: 1000);
        Assert.True(File.Exists(small));

        Task ShrinkAsync(int megabytes)
        {
            var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Tools:VipsThumbnail", "none"), new("Tools:CWebp", tool), new("Library:ToolMemoryMegabytes", $"{megabytes}")]).Build();
            return new PictureShrinker(new(settings), settings).ShrinkAsync(large, small, FileFormat.Png, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Picture_WithoutTool_StaysFindableByTitle_AndSaysSo()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("anh.png", SampleFiles.Png, ("Title", "Ảnh buổi tập huấn"));

        await site.ReadTextsAsync();

        Assert.Contains("Tesseract", (await organizer.GetPageAsync(address)).QuerySelector(".notice-warning")!.TextContent);
        Assert.Contains(address, (await (await site.SignInAsync("admin")).GetPageAsync("/jobs")).QuerySelector("section[aria-labelledby=unread-documents]")!.InnerHtml);
    }

    [Fact]
    public void Facts_LetterWithoutNumberOrDate_StayEmpty()
    {
        var facts = DocumentFacts.Read("Chào các bạn,\nSố: ...\nNgày mai họp ở nhà văn hóa.\n");

        Assert.Equal(new DocumentFacts(null, null, null, null, null), facts);
    }

    [Fact]
    public void Facts_TwoLineIssuer_IsJoined()
    {
        var facts = DocumentFacts.Read("ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nSố: 15/QĐ-UBND\nSơn La, ngày 02 tháng 01 năm 2024\nQUYẾT ĐỊNH\nVề việc thành lập Tổ công nghệ số cộng đồng\nCăn cứ Luật Tổ chức chính quyền địa phương");

        Assert.Equal(new DocumentFacts("Quyết định về việc thành lập Tổ công nghệ số cộng đồng", "15/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH SƠN LA", new DateOnly(2024, 1, 2), DocumentKind.Decision), facts);
    }

    private async Task<string?> DetectAsync(byte[] content, string name)
    {
        var path = Path.Combine(site.DataPath, Guid.NewGuid().ToString());
        await File.WriteAllBytesAsync(path, content);
        return await site.WithAsync(services => Task.FromResult(
            new FileSniffer(services.GetRequiredService<IStringLocalizer<Strings>>()).Detect(path, name).Faults.FirstOrDefault()?.Code));
    }

    private async Task<ExtractedText> ExtractAsync(byte[] content, FileFormat format, IConfiguration configuration)
    {
        var path = Path.Combine(site.DataPath, Guid.NewGuid().ToString());
        await File.WriteAllBytesAsync(path, content);
        return await site.WithAsync(services => new TextExtractor(configuration, new ScanReader(configuration), services.GetRequiredService<IStringLocalizer<Strings>>()).ExtractAsync(path, format, CancellationToken.None));
    }
}
