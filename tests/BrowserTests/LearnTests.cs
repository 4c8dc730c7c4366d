using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Media.Models;
using TrainingSite.Media.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.BrowserTests;

/// <summary>Learning with the network really off: a course is fetched before, read and tested without signal, everything arrives once.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LearnTests(BrowserSite site)
{
    private const string Course = "/courses/giu-an-toan";

    [Fact]
    public async Task Course_KeptThenBrowserRestartedOffline_ReadsAndSendsEverythingOnce()
    {
        var (user, person) = await LearnerAsync();
        var profile = Directory.CreateTempSubdirectory("phone").FullName;
        using var playwright = await Playwright.CreateAsync();
        await using (var first = await LaunchAsync(playwright, profile, offline: false))
        {
            var phone = await first.NewPageAsync();
            await site.SignInAsync(phone, user);
            await phone.GotoAsync(Course);
            Assert.Matches(@"Tải về máy \(\d+ kB\)", await phone.InnerTextAsync("[data-keep]"));
            await BrowserSite.AssertAccessibleAsync(phone);
            await KeepAsync(phone);
            await BrowserSite.AssertAccessibleAsync(phone);
        }

        // The phone was off, and there is no signal where it is switched on.
        await using var second = await LaunchAsync(playwright, profile, offline: true);
        var again = await second.NewPageAsync();
        again.SetDefaultTimeout(15_000);
        await again.GotoAsync(Course);
        await ReadyAsync(again);
        await again.Locator("[data-from-phone]", new() { HasText = "Không có mạng. Bản trên máy" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(again);
        await again.ClickAsync("[data-next-go]");
        await again.Locator("article.lesson").WaitForAsync();
        Assert.Equal($"{Course}/nhan-ra-tro-lua", new Uri(again.Url).AbsolutePath);
        await BrowserSite.AssertAccessibleAsync(again);
        await again.ClickAsync("[data-finish]");
        await again.Locator("h1", new() { HasText = "Mật khẩu mạnh" }).WaitForAsync();
        await again.ReloadAsync();
        await ReadyAsync(again);
        Assert.Equal("Mật khẩu mạnh", await again.InnerTextAsync("h1"));
        await again.ClickAsync(".topline-back");
        Assert.True(await again.Locator("[data-row] [data-when=finished]").First.IsVisibleAsync());
        Assert.Equal("Học tiếp", (await again.InnerTextAsync("[data-next-go]")).Trim());
        await CountsAsync(again, "Đã lưu trên máy 3 · Đã gửi 0");
        // Whoever opens the site somewhere else without signal finds the courses.
        await again.GotoAsync("/today");
        await again.Locator("[data-kept-courses] a", new() { HasText = "Giữ an toàn" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(again);

        await second.CloseAsync();
        await using var third = await LaunchAsync(playwright, profile, offline: false);
        var later = await third.NewPageAsync();
        await later.GotoAsync(Course);
        await CountsAsync(later, "Đã lưu trên máy 0 · Đã gửi 3");
        var progress = await site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == person).OrderBy(row => row.Lesson.Position).ToListAsync());
        Assert.Equal([true, false], progress.Select(row => row.FinishedUtc is not null));
        Assert.Equal(3, await site.QueryAsync(db => db.LearningEvents.CountAsync(row => row.PersonId == person)));
        await third.CloseAsync();
        Directory.Delete(profile, recursive: true);
    }

    [Fact]
    public async Task Quiz_AnsweredOffline_IsMarkedWhenTheSignalIsBack()
    {
        var (user, person) = await LearnerAsync();
        var phone = await KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(Course + "/quiz");
        await ReadyAsync(phone);
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("[data-start]");
        await phone.ClickAsync("[data-stage] form button");
        await phone.Locator(".invalid-feedback", new() { HasText = "Bạn chưa trả lời đủ câu này." }).WaitForAsync();
        await AnswerAsync(phone, person, right: true);
        await phone.Locator("h1", new() { HasText = "Câu 2 trong 3" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);

        // Half way the phone is put away; what was answered is still there.
        await phone.GotoAsync(Course + "/quiz");
        await ReadyAsync(phone);
        await phone.ClickAsync("[data-start]");
        await AnswerAsync(phone, person, right: true);
        await phone.Locator("h1", new() { HasText = "Câu 3 trong 3" }).WaitForAsync();
        await AnswerAsync(phone, person, right: true);
        await phone.Locator("[data-hand-in]").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("[data-hand-in]");
        await phone.Locator("[data-waiting]").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await CountsAsync(phone, "Đã lưu trên máy 1 · Đã gửi 0");
        await AssertNoAnswersAsync(phone);
        Assert.Equal(0, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == person)));

        await phone.Context.SetOfflineAsync(false);
        await phone.Locator("[data-scores]", new() { HasText = "Đạt 3/3" }).WaitForAsync();
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 1");
        await BrowserSite.AssertAccessibleAsync(phone);
        var attempt = await site.QueryAsync(db => db.QuizAttempts.SingleAsync(row => row.PersonId == person));
        Assert.Equal((AttemptState.Passed, '7'), (attempt.State, attempt.Id.ToString()[14]));
        await phone.ClickAsync("[data-scores] a");
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Sync_CutAfterTheServerHadIt_IsSentAgainAndCountsOnce()
    {
        var (user, person) = await LearnerAsync();
        var phone = await KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(Course + "/mat-khau");
        await ReadyAsync(phone);
        await phone.ClickAsync("[data-finish]");
        await CountsAsync(phone, "Đã lưu trên máy 3 · Đã gửi 0");
        var cuts = 0;
        await phone.Context.RouteAsync("**/learn/sync", async route =>
        {
            if (route.Request.Method == "POST" && cuts++ == 0)
            {
                await route.FetchAsync();
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });

        await phone.Context.SetOfflineAsync(false);
        // The page or the service worker tries again by itself.
        await phone.Locator("[data-counts]", new() { HasText = "Đã lưu trên máy 0 · Đã gửi 3" }).WaitForAsync(new() { Timeout = 40_000 });

        Assert.True(cuts >= 1, "Nothing was cut.");
        Assert.Equal(3, await site.QueryAsync(db => db.LearningEvents.CountAsync(row => row.PersonId == person)));
        Assert.Equal(2, await site.QueryAsync(db => db.LessonProgress.CountAsync(row => row.PersonId == person)));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task SignIn_Expired_AsksAgainAndLosesNothing()
    {
        var (user, person) = await LearnerAsync();
        var phone = await KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(Course + "/nhan-ra-tro-lua");
        await ReadyAsync(phone);
        await phone.ClickAsync("[data-finish]");
        await phone.Context.ClearCookiesAsync();
        await phone.Context.SetOfflineAsync(false);

        await phone.Locator("[data-sign-in]").WaitForAsync();
        await CountsAsync(phone, "Đã lưu trên máy 3 · Đã gửi 0");
        await phone.ClickAsync(".topline-back");
        await phone.Locator("[data-next-go]").WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.GoBackAsync();
        await phone.Locator("h1", new() { HasText = "Mật khẩu mạnh" }).WaitForAsync();
        await phone.ClickAsync("[data-sign-in]");
        await phone.FillAsync("main [name=Login]", user);
        await phone.FillAsync("main [name=Password]", "Demo@12345");
        await phone.ClickAsync("main form button[type=submit]");
        await phone.WaitForURLAsync("**" + Course + "/mat-khau");

        // Whatever page comes next sends what waits.
        await HeldAsync(phone, "queue", "(all) => all.length === 0");
        Assert.Equal(2, await site.QueryAsync(db => db.LessonProgress.CountAsync(row => row.PersonId == person)));
        Assert.Equal(1, await site.QueryAsync(db => db.LessonProgress.CountAsync(row => row.PersonId == person && row.FinishedUtc != null)));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Lesson_NetworkGoneWhenFinished_IsKeptAndGoesOn()
    {
        var (user, person) = await LearnerAsync();
        var phone = await KeptAsync(user);
        await phone.GotoAsync(Course + "/nhan-ra-tro-lua");
        Assert.Equal(0, await phone.Locator("[data-learn]").CountAsync());
        await phone.Context.SetOfflineAsync(true);

        await phone.ClickAsync(".lesson-nav form button");

        await phone.Locator("h1", new() { HasText = "Mật khẩu mạnh" }).WaitForAsync();
        await ReadyAsync(phone);
        await CountsAsync(phone, "Đã lưu trên máy 2 · Đã gửi 0");
        await phone.Context.SetOfflineAsync(false);
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 2");
        Assert.NotNull(await site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == person && row.Lesson.Slug == "nhan-ra-tro-lua").Select(row => row.FinishedUtc).SingleAsync()));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task TwoPeople_OnOnePhone_KeepTheirProgressApart()
    {
        var ((user, person), (otherUser, other)) = (await LearnerAsync(), await LearnerAsync());
        var phone = await KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(Course + "/nhan-ra-tro-lua");
        await ReadyAsync(phone);
        await phone.ClickAsync("[data-finish]");
        await CountsAsync(phone, "Đã lưu trên máy 3");
        // A line on which pages come through and sending does not.
        await phone.Context.RouteAsync("**/learn/sync", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await phone.Context.SetOfflineAsync(false);
        var question = new TaskCompletionSource<string>();
        phone.Dialog += async (_, dialog) =>
        {
            question.TrySetResult(dialog.Message);
            await dialog.AcceptAsync();
        };
        await SignOutAsync(phone);
        Assert.Contains("3 việc học chưa gửi", await question.Task.WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);

        await site.SignInAsync(phone, otherUser);
        await phone.GotoAsync(Course);
        await phone.Locator("[data-kept]", new() { HasText = "Tải thêm phần của bạn" }).WaitForAsync();
        await KeepAsync(phone);
        await phone.Context.UnrouteAllAsync();
        await phone.GotoAsync(Course);
        await phone.Locator("[data-state]", new() { HasText = "Phần học của người khác" }).WaitForAsync();
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 0");
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(Course);
        await ReadyAsync(phone);
        Assert.Equal(0, await phone.Locator("[data-row] [data-when]:visible").CountAsync());
        await phone.ClickAsync("[data-row] >> nth=1");
        await phone.Locator("h1", new() { HasText = "Mật khẩu mạnh" }).WaitForAsync();
        await phone.Context.SetOfflineAsync(false);
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 1");
        Assert.Empty(await site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == person).ToListAsync()));

        await phone.GotoAsync("/today");
        await SignOutAsync(phone);
        await site.SignInAsync(phone, user);
        await phone.GotoAsync(Course);
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 3");
        Assert.Equal(["mat-khau", "nhan-ra-tro-lua"], await SlugsAsync(person));
        Assert.Equal(["mat-khau"], await SlugsAsync(other));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Course_PublishedAnew_OffersToUpdateAndCanBeRemoved()
    {
        var (user, _) = await LearnerAsync();
        var phone = await KeptAsync(user);
        await site.QueryAsync(db => db.Set<Course>().Where(course => course.Slug == "giu-an-toan").ExecuteUpdateAsync(set => set.SetProperty(course => course.Revision, course => course.Revision + 1)));

        await phone.GotoAsync(Course);
        await phone.Locator("[data-kept]", new() { HasText = "đã được đăng lại" }).WaitForAsync();
        Assert.Equal("Cập nhật", (await phone.InnerTextAsync("[data-keep]")).Trim());
        await BrowserSite.AssertAccessibleAsync(phone);
        await KeepAsync(phone);
        Assert.False(await phone.Locator("[data-keep]").IsVisibleAsync());

        await phone.ClickAsync("[data-drop]");
        await phone.Locator("[data-kept]", new() { HasText = "Đã xóa khỏi máy." }).WaitForAsync();
        Assert.False(await phone.EvaluateAsync<bool>("caches.match('/learn/giu-an-toan').then(Boolean)"));
        Assert.Equal(0, await phone.EvaluateAsync<int>("caches.open('learn-parts').then((cache) => cache.keys()).then((keys) => keys.length)"));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task Course_OfEightLessonsWithPictures_TakesLessThanAMegabyte()
    {
        var (user, _) = await LearnerAsync();
        var phone = await site.PhoneAsync();
        await site.SignInAsync(phone, user);
        var pictures = new List<string>();
        for (var number = 0; number < 8; number++)
        {
            pictures.Add(await AddPhotoAsync(phone, number));
        }

        var slug = await BigCourseAsync(pictures);
        await phone.GotoAsync($"/courses/{slug}");
        var said = int.Parse(System.Text.RegularExpressions.Regex.Match(await phone.InnerTextAsync("[data-keep]"), @"(\d+) kB").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        await KeepAsync(phone);

        var kept = int.Parse(System.Text.RegularExpressions.Regex.Match(await phone.InnerTextAsync("[data-kept]"), @"(\d+) kB").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(kept, 200, 1000);
        // What the page says beforehand is what it takes, within a fifth.
        Assert.InRange(said, kept * 4 / 5, kept * 6 / 5);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync($"/courses/{slug}/bai-5");
        await ReadyAsync(phone);
        await phone.Locator("article.lesson img").First.ScrollIntoViewIfNeededAsync();
        await phone.WaitForFunctionAsync("[...document.querySelectorAll('article.lesson img')].every((image) => image.complete && image.naturalWidth === 480)");
        TestContext.Current.SendDiagnosticMessage($"8 lessons with pictures: said {said} kB, kept {kept} kB.");
        await phone.Context.CloseAsync();
    }

    /// <summary>A photograph as cameras make them, with sky, land and grain, and the smaller copies that the page for uploads makes.</summary>
    private async Task<string> AddPhotoAsync(IPage page, int number)
    {
        var photos = await page.EvaluateAsync<string[]>("""
            (number) => {
                const canvas = Object.assign(document.createElement('canvas'), { width: 1000, height: 750 });
                const pen = canvas.getContext('2d');
                const random = () => (number = (number * 16807 + 11) % 2147483647) / 2147483647;
                const sky = pen.createLinearGradient(0, 0, 0, 750);
                sky.addColorStop(0, '#7fb0e0'); sky.addColorStop(.5, '#e8e0c8'); sky.addColorStop(1, '#3a5a2a');
                pen.fillStyle = sky; pen.fillRect(0, 0, 1000, 750);
                for (let i = 0; i < 900; i += 1) {
                    pen.fillStyle = `hsla(${60 + random() * 90}, 40%, ${20 + random() * 50}%, .6)`;
                    pen.beginPath(); pen.ellipse(random() * 1000, 300 + random() * 450, 3 + random() * 25, 3 + random() * 16, random() * 3, 0, 7); pen.fill();
                }
                const pixels = pen.getImageData(0, 0, 1000, 750);
                for (let i = 0; i < pixels.data.length; i += 4) { const grain = (random() - .5) * 24; for (let c = 0; c < 3; c += 1) pixels.data[i + c] += grain; }
                pen.putImageData(pixels, 0, 0);
                const copy = (width) => {
                    const small = Object.assign(document.createElement('canvas'), { width, height: Math.round(width * 3 / 4) });
                    small.getContext('2d').drawImage(canvas, 0, 0, small.width, small.height);
                    return small.toDataURL('image/webp', .8);
                };
                return [canvas.toDataURL('image/jpeg', .9), copy(480), copy(960)].map((url) => url.split(',')[1]);
            }
            """, number + 17);
        return await site.WithAsync(async services =>
        {
            var folder = (await services.GetRequiredService<MediaFolders>().ManagedAsync(CancellationToken.None))[0];
            var streams = photos.Select(photo => (Stream)new MemoryStream(Convert.FromBase64String(photo))).ToList();
            var added = await services.GetRequiredService<MediaLibrary>().AddAsync(folder, streams[0], $"anh-{number}.jpg", $"Nương chè buổi sáng {Guid.NewGuid():N}", streams[1..], CancellationToken.None);
            Assert.True(added.Succeeded, added.Succeeded ? "" : added.Faults[0].Message);
            return added.Value.Name;
        });
    }

    private Task<string> BigCourseAsync(List<string> pictures) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var slug = $"tam-bai-{Guid.NewGuid().ToString("N")[..6]}";
        var course = new Course { Slug = slug, TopicCode = "T7", Title = "Tám bài có ảnh", Summary = "Mỗi bài một ảnh.", State = CourseState.Published, QuizRequired = true, DrawCount = 10, MaxAttempts = 5, UpdatedUtc = site.Clock.UtcNow() };
        db.Add(course);
        var files = await services.GetRequiredService<LessonMedia>().FindAsync(pictures.Select(name => $"![x](media/{name})"), CancellationToken.None);
        for (var number = 1; number <= pictures.Count; number++)
        {
            var lesson = new Lesson { CourseId = course.Id, Slug = $"bai-{number}", Position = number, Title = $"Bài số {number}", Summary = "Một bài.", Minutes = 6 };
            var words = string.Concat(Enumerable.Range(1, 24).Select(line => $"\n\n## Phần {line}\n\nKhi có người lạ gọi điện đòi chuyển tiền, bạn hãy gác máy, hít thở và gọi lại cho người thân bằng số đã lưu từ trước ({number}.{line})."));
            services.GetRequiredService<LessonRenderer>().Write(lesson, $"![Nương chè](media/{pictures[number - 1]}){words}", files);
            db.Add(lesson);
        }

        for (var number = 1; number <= 20; number++)
        {
            db.Add(new Question
            {
                CourseId = course.Id, Key = $"T7-Q{number:00}", Type = QuestionType.OneAnswer, Text = $"Câu {number}: có người gọi xưng là cán bộ, đòi mã OTP. Bạn làm gì trước tiên?",
                Options = Question.WriteOptions([new("Gác máy và gọi lại số đã biết.", true), new("Đọc mã cho nhanh xong việc.", false, "Mã OTP không đưa cho ai."), new("Nghe tiếp xem họ nói gì.", false, "Nghe lâu dễ bị cuốn theo.")]),
                Explanation = "Không ai có quyền hỏi mã OTP của bạn.",
            });
        }

        await db.SaveChangesAsync();
        return slug;
    });

    /// <summary>Neither the caches nor the database of the phone hold anything that tells what is right.</summary>
    private async Task AssertNoAnswersAsync(IPage phone)
    {
        var held = await phone.EvaluateAsync<string>("""
            (async () => {
                const texts = [];
                for (const name of await caches.keys()) for (const response of await (await caches.open(name)).matchAll()) texts.push(await response.text());
                const db = await new Promise((resolve) => { const opening = indexedDB.open('learning'); opening.onsuccess = () => resolve(opening.result); });
                for (const name of db.objectStoreNames) texts.push(JSON.stringify(await new Promise((resolve) => { const all = db.transaction(name).objectStore(name).getAll(); all.onsuccess = () => resolve(all.result); })));
                db.close();
                return texts.join('\n');
            })()
            """);
        Assert.Contains("data-paper", held, StringComparison.Ordinal);
        foreach (var question in await site.QueryAsync(db => db.Questions.Where(row => row.Course.Slug == "giu-an-toan").ToListAsync()))
        {
            Assert.DoesNotContain(question.Explanation, held, StringComparison.Ordinal);
            Assert.All(question.ReadOptions().Where(option => option.Why is not null), option => Assert.DoesNotContain(option.Why!, held, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task SharedPhone_SwitchedByPinOffline_KeepsEachOnesProgressAndSendsBoth()
    {
        var ((user, person), (otherUser, other)) = (await LearnerAsync(), await LearnerAsync());
        var phone = await site.PhoneAsync();
        await SharePhoneAsync(phone, user, "4071");
        await SignOutAsync(phone);
        await SharePhoneAsync(phone, otherUser, "2846");
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(Course + "/nhan-ra-tro-lua");
        await ReadyAsync(phone);
        await phone.ClickAsync("[data-finish]");
        await CountsAsync(phone, "Đã lưu trên máy 3 · Đã gửi 0");
        await phone.ClickAsync("[data-who] a");
        await ReadyAsync(phone);
        Assert.Contains(otherUser, await phone.InnerTextAsync("[data-people] li:has(.state-now:visible)"), StringComparison.Ordinal);
        await BrowserSite.AssertAccessibleAsync(phone);

        await phone.Locator("[data-people] li", new() { HasText = user }).GetByRole(AriaRole.Button).ClickAsync();
        await phone.FillAsync("#pin", "2846");
        await phone.ClickAsync("[data-pin-entry] button");
        await phone.Locator("#pin-error", new() { HasText = "Mã PIN chưa đúng" }).WaitForAsync();
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.FillAsync("#pin", "4071");
        await phone.ClickAsync("[data-pin-entry] button");
        await phone.Locator("[data-people] li", new() { HasText = user }).Locator(".state-now").WaitForAsync();
        await phone.ClickAsync("[data-kept-courses] a");
        await ReadyAsync(phone);
        await phone.Locator("[data-who]", new() { HasText = user }).WaitForAsync();
        Assert.Equal(0, await phone.Locator("[data-row] [data-when]:visible").CountAsync());
        await phone.ClickAsync("[data-row] >> nth=1");
        await CountsAsync(phone, "Đã lưu trên máy 1 · Đã gửi 0");

        // What both did is sent, though only one of them is signed in.
        await phone.Context.SetOfflineAsync(false);
        await CountsAsync(phone, "Đã lưu trên máy 0 · Đã gửi 1");
        await phone.GotoAsync("/learn");
        await ReadyAsync(phone);
        Assert.Equal(["mat-khau"], await SlugsAsync(person));
        Assert.Equal(["mat-khau", "nhan-ra-tro-lua"], await SlugsAsync(other));

        // The pages are still the other one's, so the server asks who it is.
        await phone.GotoAsync("/today");
        await phone.WaitForURLAsync("**/account/people?returnUrl=*");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.Locator("label", new() { HasText = user }).ClickAsync();
        await phone.FillAsync("#pin", "4071");
        await phone.ClickAsync("main form button[type=submit]");
        await phone.WaitForURLAsync("**/today");
        await phone.GotoAsync("/me");
        Assert.Contains(user, await phone.InnerTextAsync("h1"), StringComparison.Ordinal);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task SharedPhone_WrongPinOffline_IsLockedAfterFiveTries()
    {
        var ((user, _), (otherUser, _)) = (await LearnerAsync(), await LearnerAsync());
        var phone = await site.PhoneAsync();
        await SharePhoneAsync(phone, user, "4071");
        await SignOutAsync(phone);
        await SharePhoneAsync(phone, otherUser, "2846");
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync("/learn");
        await ReadyAsync(phone);
        await phone.Locator("[data-people] li", new() { HasText = user }).GetByRole(AriaRole.Button).ClickAsync();
        foreach (var text in (string[])["chưa đúng", "chưa đúng", "chưa đúng", "chưa đúng", "đã bị khóa"])
        {
            await phone.FillAsync("#pin", "9999");
            await phone.ClickAsync("[data-pin-entry] button");
            await phone.Locator("[data-pin-entry] button:enabled").WaitForAsync();
            await phone.Locator("#pin-error", new() { HasText = text }).WaitForAsync();
        }

        await phone.FillAsync("#pin", "4071");
        await phone.ClickAsync("[data-pin-entry] button");
        await phone.Locator("[data-pin-entry] button:enabled").WaitForAsync();
        await phone.Locator("#pin-error", new() { HasText = "đã bị khóa" }).WaitForAsync();
        Assert.Contains(otherUser, await phone.InnerTextAsync("[data-people] li:has(.state-now:visible)"), StringComparison.Ordinal);
        await phone.Context.CloseAsync();
    }

    /// <summary>Signs in fully, chooses a PIN and keeps the course.</summary>
    private async Task SharePhoneAsync(IPage phone, string user, string pin)
    {
        await site.SignInAsync(phone, user);
        await phone.GotoAsync("/me/shared-phone");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.FillAsync("#Pin", pin);
        await phone.FillAsync("#PinAgain", pin);
        await phone.ClickAsync("[data-pin] button");
        await phone.Locator("[data-made=yes]").WaitForAsync();
        await HeldAsync(phone, "people", "(all) => all.length > 0 && all.every((one) => !one.isProposed)");
        await phone.GotoAsync(Course);
        await KeepAsync(phone);
    }

    /// <summary>Answers the open question; what is right is in the database, never on the phone.</summary>
    private async Task AnswerAsync(IPage phone, Guid person, bool right)
    {
        var text = await phone.InnerTextAsync("legend");
        var question = await site.QueryAsync(db => db.Questions.AsNoTracking().SingleAsync(row => row.Course.Slug == "giu-an-toan" && row.Text == text && row.RetiredUtc == null));
        foreach (var option in question.ReadOptions().Where(option => option.Correct == right))
        {
            await phone.Locator(".answer", new() { HasText = option.Text }).Locator("input").CheckAsync();
            if (question.Type != QuestionType.SeveralAnswers)
            {
                break;
            }
        }

        await phone.ClickAsync("[data-stage] form button");
    }

    private async Task<IPage> KeptAsync(string user)
    {
        var phone = await site.PhoneAsync();
        await site.SignInAsync(phone, user);
        await phone.GotoAsync(Course);
        await KeepAsync(phone);
        return phone;
    }

    private static async Task KeepAsync(IPage phone)
    {
        await phone.Locator("html[data-offline=ready]").WaitForAsync();
        await phone.ClickAsync("[data-keep]");
        await phone.Locator("[data-kept]", new() { HasText = "Đã tải về máy" }).WaitForAsync();
    }

    /// <summary>Waits until what a store of the phone holds is as it should be.</summary>
    private static async Task HeldAsync(IPage phone, string store, string isRight)
    {
        for (var again = 100; !await phone.EvaluateAsync<bool>($$"""
            async () => {
                const db = await new Promise((resolve) => { const opening = indexedDB.open('learning'); opening.onsuccess = () => resolve(opening.result); });
                const all = await new Promise((resolve) => { const asked = db.transaction('{{store}}').objectStore('{{store}}').getAll(); asked.onsuccess = () => resolve(asked.result); });
                db.close();
                return ({{isRight}})(all);
            }
            """); again--)
        {
            Assert.True(again > 0, $"What the phone holds in '{store}' is not as it should be.");
            await Task.Delay(150);
        }
    }

    private static async Task SignOutAsync(IPage phone)
    {
        await phone.GotoAsync("/me");
        await phone.EvaluateAsync("document.querySelector('main form[action$=\"sign-out\"]').requestSubmit()");
        await phone.WaitForURLAsync(url => !url.EndsWith("/me", StringComparison.Ordinal));
    }

    private static Task ReadyAsync(IPage page) => page.Locator("html[data-ready]").WaitForAsync();

    private static Task CountsAsync(IPage page, string text) => page.Locator("[data-counts]", new() { HasText = text }).First.WaitForAsync();

    private Task<List<string>> SlugsAsync(Guid person) => site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == person).Select(row => row.Lesson.Slug).Order().ToListAsync());

    private async Task<IBrowserContext> LaunchAsync(IPlaywright playwright, string profile, bool offline)
    {
        var context = await playwright.Chromium.LaunchPersistentContextAsync(profile, new()
        {
            ExecutablePath = "/usr/bin/chromium",
            // A proxy that is not there: the service worker too has no network, from its first moment.
            Args = offline ? ["--disable-dev-shm-usage", "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>"] : ["--disable-dev-shm-usage"],
            BaseURL = site.Address.ToString(),
            ViewportSize = new() { Width = 360, Height = 800 },
            HasTouch = true,
            Locale = "vi-VN",
            TimezoneId = "Asia/Ho_Chi_Minh",
            ReducedMotion = ReducedMotion.Reduce,
            Offline = offline,
        });
        await context.Clock.SetFixedTimeAsync(site.Clock.UtcNow());
        return context;
    }

    /// <summary>A new member of the demo team with an account.</summary>
    private Task<(string User, Guid Person)> LearnerAsync() => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var code = $"NH-{Guid.NewGuid().ToString("N")[..8]}";
        var team = await db.Memberships.Where(membership => membership.Person.Code == "SL-000210").Select(membership => new { membership.TeamId, membership.Team.Unit.Path }).FirstAsync();
        var person = new Person { Code = code, FullName = $"Lò Thị {code}", SortName = code };
        db.People.Add(person);
        db.Memberships.Add(new() { PersonId = person.Id, TeamId = team.TeamId, Role = TeamRole.Member, ValidFrom = new(2024, 1, 1) });
        await db.SaveChangesAsync();
        var created = await services.GetRequiredService<AccountService>().CreateAsync(new(person.FullName, Roles.Member, new DirectoryUnit("u", team.Path, "u")) { UserName = code, PersonId = person.Id });
        Assert.True(created.Succeeded);
        var user = await db.Users.SingleAsync(row => row.Id == created.Value.UserId);
        user.PasswordHash = services.GetRequiredService<IPasswordHasher<SiteUser>>().HashPassword(user, "Demo@12345");
        await db.SaveChangesAsync();
        return (code, person.Id);
    });
}
