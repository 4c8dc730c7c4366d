using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Scorm;
using TrainingSite.SiteTests.Courses.Scorm;

namespace TrainingSite.BrowserTests;

/// <summary>SCORM packages under a host name of their own: their pages see each other, and nothing else.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PackageHostTests(BrowserSite site)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Package_OfFrames_CallsThroughThemUnderItsOwnHost(bool hasHost)
    {
        using var host = hasHost ? site.HostOfItsOwn() : null;
        var (course, lesson) = await site.PublishPackageAsync(SamplePackages.WithFrames());
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
        using var host = site.HostOfItsOwn();
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
        var (course, lesson) = await site.PublishPackageAsync(SamplePackages.WithPage(attack));
        var phone = await site.OpenAsAsync("member", phone: true);
        var asked = new List<string>();
        phone.Context.Request += (_, request) => asked.Add($"{request.Method} {request.Url}");
        await phone.GotoAsync($"/courses/{course}/{lesson}/package/1");
        var found = JsonSerializer.Deserialize<Dictionary<string, object>>(await phone.FrameLocator("#player-frame").Locator("#found").InnerTextAsync())!.ToDictionary(row => row.Key, row => row.Value.ToString());

        Assert.Equal($"http://{PackageDesk.Host}:{site.Address.Port}", found["origin"]);
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
        using var host = site.HostOfItsOwn();
        var (course, lesson) = await site.PublishPackageAsync(SamplePackages.Scorm12("Bị nhắm tới"));
        var player = new Uri(site.Address, $"courses/{course}/{lesson}/package/1");
        var (other, own) = await site.PublishPackageAsync(SamplePackages.WithPage($$"""
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
}
