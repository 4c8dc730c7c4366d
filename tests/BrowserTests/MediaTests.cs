using TrainingSite.Media.Models;

namespace TrainingSite.BrowserTests;

/// <summary>What the author's browser does with pictures before it sends them, and what a reader's does with a film.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MediaTests(BrowserSite site)
{
    /// <summary>A photograph-like picture, large enough that a smaller one is worth it.</summary>
    private const string Picture = """
        async ({ type, clear }) => {
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [2000, 1000];
          const context = canvas.getContext('2d');
          if (!clear) context.fillRect(0, 0, 2000, 1000);
          const noise = context.getImageData(0, 0, 2000, 900);
          for (let i = 0, value = 1; i < noise.data.length; i++) {
            value = value * 16807 % 2147483647;
            noise.data[i] = i % 4 === 3 ? 255 : value % 256;
          }
          context.putImageData(noise, 0, 0);
          const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, 1));
          const reader = new FileReader();
          await new Promise((resolve) => { reader.onload = resolve; reader.readAsDataURL(blob); });
          return reader.result.split(',')[1];
        }
        """;

    [Fact]
    public async Task Upload_FromABrowserThatWritesWebP_SendsItSmallWithItsCopies()
    {
        var name = await UploadAsync("cho-webp.jpg", "image/jpeg", clear: false, before: "");

        Assert.EndsWith(".webp", name, StringComparison.Ordinal);
        Assert.Equal([480, 960], await site.QueryAsync(db => db.Set<MediaRendition>().Where(copy => copy.File.Name == name).OrderBy(copy => copy.Width).Select(copy => copy.Width).ToListAsync()));
    }

    [Theory]
    [InlineData("image/jpeg", false, ".jpg", 1440)]
    [InlineData("image/png", false, ".jpg", 1440)]
    [InlineData("image/png", true, ".png", 2000)]
    public async Task Upload_FromABrowserWithoutWebP_SendsJpegOfWhatOneCannotSeeThrough(string type, bool clear, string ending, int width)
    {
        const string Old = """
            const whole = HTMLCanvasElement.prototype.toBlob;
            HTMLCanvasElement.prototype.toBlob = function (done, type, quality) { whole.call(this, done, type === 'image/webp' ? 'image/png' : type, quality); };
            """;

        var name = await UploadAsync($"cho-{type[6..]}-{clear}{(type == "image/png" ? ".png" : ".jpg")}", type, clear, Old);

        Assert.EndsWith(ending, name, StringComparison.Ordinal);
        Assert.Equal(width, await site.QueryAsync(db => db.Set<MediaFile>().Where(file => file.Name == name).Select(file => file.Width).SingleAsync()));
    }

    [Fact]
    public async Task Film_OpenedAlone_Plays()
    {
        var page = await site.OpenAsAsync("so.organizer", phone: false);
        await page.GotoAsync("/media/new");
        var film = await page.EvaluateAsync<int[]>("""
            async () => {
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [160, 90];
              const context = canvas.getContext('2d');
              const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm' });
              const parts = [];
              recorder.ondataavailable = (event) => parts.push(event.data);
              recorder.start();
              for (let i = 0; i < 10; i++) {
                context.fillStyle = `hsl(${i * 36} 60% 50%)`;
                context.fillRect(0, 0, 160, 90);
                await new Promise((resolve) => setTimeout(resolve, 100));
              }
              await new Promise((resolve) => { recorder.onstop = resolve; recorder.stop(); });
              return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
            }
            """);
        await page.SetInputFilesAsync("#uploads", new FilePayload { Name = "phim.webm", MimeType = "video/webm", Buffer = [.. film.Select(value => (byte)value)] });
        await page.ClickAsync("main .action-bar .btn-primary");
        await page.WaitForURLAsync("**/media/edit/*");

        await page.GotoAsync("/media/" + page.Url.Split('/')[^1]);

        await page.WaitForFunctionAsync("document.querySelector('video')?.readyState >= 1 && document.querySelector('video').videoWidth === 160");
        await page.Context.CloseAsync();
    }

    private async Task<string> UploadAsync(string fileName, string type, bool clear, string before)
    {
        var page = await site.OpenAsAsync("so.organizer", phone: true);
        await page.GotoAsync("/media/new");
        var picture = await page.EvaluateAsync<string>(Picture, new { type, clear });
        await page.EvaluateAsync($"() => {{ {before} }}");
        await page.SetInputFilesAsync("#uploads", new FilePayload { Name = fileName, MimeType = type, Buffer = Convert.FromBase64String(picture) });
        await page.ClickAsync("main .action-bar .btn-primary");
        await page.WaitForURLAsync("**/media/edit/*");
        var name = page.Url.Split('/')[^1];
        await page.Context.CloseAsync();
        return name;
    }
}
