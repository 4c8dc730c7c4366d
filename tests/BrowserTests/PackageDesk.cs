using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Scorm;

namespace TrainingSite.BrowserTests;

/// <summary>What authors do with SCORM packages at a desk, and where the site plays them.</summary>
internal static class PackageDesk
{
    /// <summary>Browsers know each name under .localhost as the machine itself.</summary>
    public const string Host = "goi.localhost";

    /// <summary>A host name of their own for packages, until it is put back.</summary>
    public static IDisposable HostOfItsOwn(this BrowserSite site)
    {
        var options = site.Services.GetRequiredService<IOptions<ScormOptions>>().Value;
        options.Host = Host;
        return new Restored(() => options.Host = "");
    }

    private sealed class Restored(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }

    /// <summary>A published course whose lesson is a package.</summary>
    public static async Task<(string Course, string Lesson)> PublishPackageAsync(this BrowserSite site, byte[] zip)
    {
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        var course = await desk.DraftForPackagesAsync();
        await desk.GotoAsync($"/courses/edit/{course}/packages/new");
        await desk.SetInputFilesAsync("#File", new FilePayload { Name = "goi.zip", MimeType = "application/zip", Buffer = zip });
        await desk.ClickAsync(".action-bar .btn-primary");
        await desk.WaitForURLAsync("**/lessons/*");
        var lesson = desk.Url.Split('/')[^1];
        await desk.GotoAsync($"/courses/edit/{course}");
        await desk.ClickAsync("text=Đăng khóa học");
        await desk.Locator(".toast-line", new() { HasText = "Đã đăng" }).WaitForAsync();
        await desk.Context.CloseAsync();
        return (course, lesson);
    }

    /// <summary>A draft whose one condition is that its lessons are finished.</summary>
    public static async Task<string> DraftForPackagesAsync(this IPage desk)
    {
        await desk.GotoAsync("/courses/edit/new");
        await desk.FillAsync("#Form_Title", $"Khóa có gói {Guid.NewGuid().ToString("N")[..6]}");
        await desk.SelectOptionAsync("#Form_TopicCode", "T7");
        await desk.FillAsync("#Form_Summary", "Một khóa để thử");
        await desk.UncheckAsync("#Form_QuizRequired");
        await desk.UncheckAsync("#Form_AttendanceRequired");
        await desk.CheckAsync("#Form_LessonsRequired");
        await desk.ClickAsync(".action-bar .btn-primary");
        await desk.Locator(".toast-line", new() { HasText = "Đã tạo bản nháp" }).WaitForAsync();
        return desk.Url.Split('/')[^1];
    }
}
