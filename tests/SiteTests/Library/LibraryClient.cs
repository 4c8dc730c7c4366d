using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Library.Tasks;

namespace TrainingSite.SiteTests.Library;

/// <summary>What people do in the library.</summary>
internal static class LibraryClient
{
    /// <summary>Sends a file through the page.</summary>
    public static Task<HttpResponseMessage> UploadAsync(this HttpClient client, string name, byte[] content, params (string Name, string Value)[] fields) =>
        client.SendFileAsync("/library/new", name, content, fields);

    /// <summary>Sends a file through the form of a page, with the values that stand in its hidden fields.</summary>
    public static async Task<HttpResponseMessage> SendFileAsync(this HttpClient client, string address, string name, byte[] content, params (string Name, string Value)[] fields)
    {
        var page = await client.GetPageAsync(address);
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields.Concat(page.QuerySelectorAll<IHtmlInputElement>("form[enctype] input[type=hidden]").Select(input => (input.Name!, input.Value))))
        {
            form.Add(new StringContent(value), field);
        }

        var file = new ByteArrayContent(content);
        // The browser's word for it is never believed.
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(file, "file", name);
        return await client.PostAsync(address, form);
    }

    /// <summary>Sends a file that is taken; gives the address of its page.</summary>
    public static async Task<string> AddAsync(this HttpClient client, string name, byte[] content, params (string Name, string Value)[] fields)
    {
        var response = await client.UploadAsync(name, content, fields);
        if (response.StatusCode != HttpStatusCode.Redirect)
        {
            Assert.Fail($"{name} was not taken: {(await response.ReadPageAsync()).QuerySelector("main")?.TextContent}");
        }

        return response.Headers.Location!.OriginalString;
    }

    /// <summary>Lets the background task read the new files.</summary>
    public static async Task ReadTextsAsync(this SiteFixture site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ExtractTextTask>().ExecuteAsync(CancellationToken.None);
    }

    /// <summary>Lets the background task read some scanned pages.</summary>
    public static async Task ReadScansAsync(this SiteFixture site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReadScansTask>().ExecuteAsync(CancellationToken.None);
    }
}

/// <summary>A pdftotext for tests: the same on every machine.</summary>
internal static class FakePdfToText
{
    /// <summary>Puts the program into a folder; it prints two pages, or fails when the file says BROKEN.</summary>
    public static string Install(string folder)
    {
        var path = Path.Combine(folder, "pdftotext-for-tests");
        File.WriteAllText(path, "#!/bin/sh\nif grep -q BROKEN \"$4\"; then echo 'Syntax Error' >&2; exit 1; fi\nif grep -q SCANNED \"$4\"; then exit 0; fi\nprintf 'Trang đầu nói về chuyển đổi số\\fTrang sau nói về chợ phiên\\f'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}

public sealed class SqliteLibrarySite : SqliteSite
{
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Media:MaxBytes", "300000"), ("Tools:PdfToText", FakePdfToText.Install(DataPath)), ("Tools:Tesseract", "none")];
}

public sealed class PostgreSqlLibrarySite : PostgreSqlSite
{
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Media:MaxBytes", "300000"), ("Tools:PdfToText", FakePdfToText.Install(DataPath)), ("Tools:Tesseract", "none")];
}

/// <summary>A site on a machine without the reading tools.</summary>
public sealed class NoPdfToolSite : SqliteSite
{
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Tools:PdfToText", "/nowhere/pdftotext"), ("Tools:Tesseract", "/nowhere/tesseract")];
}

/// <summary>A site with the real tools, that reads two scanned pages a run.</summary>
public sealed class ScanSite : SqliteSite
{
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Library:ScanPagesPerRun", "2"), ("Library:ReadSeconds", "20")];
}
