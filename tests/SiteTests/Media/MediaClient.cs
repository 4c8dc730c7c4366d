using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TrainingSite.SiteTests.Media;

/// <summary>What authors do in the media library.</summary>
internal static class MediaClient
{
    /// <summary>Sends a file through the page, with the copies that a browser made.</summary>
    public static async Task<HttpResponseMessage> UploadMediaAsync(this HttpClient client, string name, byte[] content, string? description = null, string? folder = null, params byte[][] scaled)
    {
        using var form = await client.MediaFormAsync(description, folder);
        form.Add(new ByteArrayContent(content), "uploads", name);
        foreach (var copy in scaled)
        {
            form.Add(new ByteArrayContent(copy), "scaled", "0.webp");
        }

        return await client.PostAsync("/media/new", form);
    }

    /// <summary>Sends several files through the page at once.</summary>
    public static async Task<HttpResponseMessage> UploadManyMediaAsync(this HttpClient client, byte[][] files)
    {
        using var form = await client.MediaFormAsync(description: null, folder: null);
        foreach (var file in files)
        {
            form.Add(new ByteArrayContent(file), "uploads", "nhieu.jpg");
        }

        return await client.PostAsync("/media/new", form);
    }

    private static async Task<MultipartFormDataContent> MediaFormAsync(this HttpClient client, string? description, string? folder)
    {
        var page = await client.GetPageAsync("/media/new");
        return new()
        {
            { new StringContent(page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value), "__RequestVerificationToken" },
            { new StringContent(description ?? ""), "description" },
            { new StringContent(folder ?? page.QuerySelector<IHtmlSelectElement>("#folder")!.Options[0].Value), "folder" },
        };
    }

    /// <summary>Sends a file that is taken; gives its name in addresses.</summary>
    public static async Task<string> AddMediaAsync(this HttpClient client, string name, byte[] content, string? description = null, params byte[][] scaled)
    {
        var response = await client.UploadMediaAsync(name, content, description, folder: null, scaled);
        if (response.StatusCode != HttpStatusCode.Redirect)
        {
            Assert.Fail($"{name} was not taken: {(await response.ReadPageAsync()).QuerySelector("main")?.TextContent}");
        }

        return response.Headers.Location!.OriginalString.Split('/')[^1];
    }
}

/// <summary>A vipsthumbnail for tests: writes a WebP head of the width that was asked for, as wide as high.</summary>
internal static class FakeVips
{
    /// <summary>The memory that the site gives it; where memory can be limited, it does nothing with any other.</summary>
    public const int Megabytes = 200;

    public static string Install(string folder)
    {
        var path = Path.Combine(folder, "vipsthumbnail-for-tests");
        File.WriteAllText(path, $"#!/bin/sh\n[ \"$(uname)\" != Linux ] || [ \"$(ulimit -v)\" = {Megabytes * 1024} ] || exit 1\nw=${{3%%x*}}\nout=${{5%%[*}}\nprintf 'RIFF....WEBPVP8X' > \"$out\"\nprintf '%s' \"$w\" >> \"$out\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}

public sealed class SqliteMediaSite : SqliteSite
{
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Media:MaxBytes", "300000"), ("Tools:VipsThumbnail", "/nowhere"), ("Tools:CWebp", "/nowhere")];
}

public sealed class PostgreSqlMediaSite : PostgreSqlSite
{
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Media:MaxBytes", "300000"), ("Media:ToolMemoryMegabytes", $"{FakeVips.Megabytes}"), ("Tools:VipsThumbnail", FakeVips.Install(DataPath)), ("Tools:CWebp", "/nowhere")];
}
