using Microsoft.EntityFrameworkCore;
using TrainingSite.Accounts.Models;
using TrainingSite.Courses.Models;

namespace TrainingSite.BrowserTests;

/// <summary>Several people learn on one phone: each has their own progress and, where they chose one, their own PIN.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SharedPhoneTests(BrowserSite site)
{
    [Fact]
    public async Task TwoPeople_OnOnePhone_KeepTheirProgressApart()
    {
        var ((user, person), (otherUser, other)) = (await site.LearnerAsync(), await site.LearnerAsync());
        var phone = await site.KeptAsync(user);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(LearnPhone.Course + "/nhan-ra-tro-lua");
        await phone.ReadyAsync();
        await phone.ClickAsync("[data-finish]");
        await phone.CountsAsync("Đã lưu trên máy 3");
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
        await phone.GotoAsync(LearnPhone.Course);
        await phone.Locator("[data-kept]", new() { HasText = "Tải thêm phần của bạn" }).WaitForAsync();
        await phone.KeepAsync();
        await phone.Context.UnrouteAllAsync();
        await phone.GotoAsync(LearnPhone.Course);
        await phone.Locator("[data-state]", new() { HasText = "Phần học của người khác" }).WaitForAsync();
        await phone.CountsAsync("Đã lưu trên máy 0 · Đã gửi 0");
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(LearnPhone.Course);
        await phone.ReadyAsync();
        Assert.Equal(0, await phone.Locator("[data-row] [data-when]:visible").CountAsync());
        await phone.ClickAsync("[data-row] >> nth=1");
        await phone.Locator("h1", new() { HasText = "Mật khẩu mạnh" }).WaitForAsync();
        await phone.Context.SetOfflineAsync(false);
        await phone.CountsAsync("Đã lưu trên máy 0 · Đã gửi 1");
        Assert.Empty(await site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == person).ToListAsync()));

        await phone.GotoAsync("/today");
        await SignOutAsync(phone);
        await site.SignInAsync(phone, user);
        await phone.GotoAsync(LearnPhone.Course);
        await phone.CountsAsync("Đã lưu trên máy 0 · Đã gửi 3");
        Assert.Equal(["mat-khau", "nhan-ra-tro-lua"], await SlugsAsync(person));
        Assert.Equal(["mat-khau"], await SlugsAsync(other));
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task LearnHome_OfWhoeverIsSignedIn_NamesThemAndNobodyBefore()
    {
        var ((user, _), (other, _)) = (await site.LearnerAsync(), await site.LearnerAsync());
        var phone = await site.PhoneAsync();
        var who = phone.Locator("[data-who]");
        var signIn = phone.Locator(".topline a[href$='/account/sign-in']");
        await site.SignInAsync(phone, user);
        await phone.GotoAsync("/learn");
        await Assertions.Expect(signIn).ToBeHiddenAsync();
        await Assertions.Expect(who).ToContainTextAsync(user);
        await BrowserSite.AssertAccessibleAsync(phone);

        // The sign-in ends without the phone hearing of it, as it does with time.
        await phone.Context.ClearCookiesAsync();
        await phone.GotoAsync("/learn");
        await Assertions.Expect(signIn).ToBeVisibleAsync();
        await Assertions.Expect(who).ToBeHiddenAsync();

        await site.SignInAsync(phone, other);
        var answer = new TaskCompletionSource();
        await phone.Context.RouteAsync("**/learn/sync", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await phone.GotoAsync("/learn");
        await phone.ReadyAsync();
        await Assertions.Expect(who).ToBeHiddenAsync();
        answer.SetResult();
        await Assertions.Expect(who).ToContainTextAsync(other);
        await Assertions.Expect(signIn).ToBeHiddenAsync();
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task SharedPhone_SwitchedByPinOffline_KeepsEachOnesProgressAndSendsBoth()
    {
        var ((user, person), (otherUser, other)) = (await site.LearnerAsync(), await site.LearnerAsync());
        var phone = await SharedByTwoAsync(user, otherUser);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync(LearnPhone.Course + "/nhan-ra-tro-lua");
        await phone.ReadyAsync();
        await phone.ClickAsync("[data-finish]");
        await phone.CountsAsync("Đã lưu trên máy 3 · Đã gửi 0");
        await phone.ClickAsync("[data-who] a");
        await phone.ReadyAsync();
        await Assertions.Expect(phone.Locator("[data-people] li:has(.state-now:visible)")).ToContainTextAsync(otherUser);
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
        await phone.ReadyAsync();
        await phone.Locator("[data-who]", new() { HasText = user }).WaitForAsync();
        Assert.Equal(0, await phone.Locator("[data-row] [data-when]:visible").CountAsync());
        await phone.ClickAsync("[data-row] >> nth=1");
        await phone.CountsAsync("Đã lưu trên máy 1 · Đã gửi 0");

        // What both did is sent, though only one of them is signed in.
        await phone.Context.SetOfflineAsync(false);
        await phone.CountsAsync("Đã lưu trên máy 0 · Đã gửi 1");
        await phone.GotoAsync("/learn");
        await phone.ReadyAsync();
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
        var ((user, _), (otherUser, _)) = (await site.LearnerAsync(), await site.LearnerAsync());
        var phone = await SharedByTwoAsync(user, otherUser);
        await ChooseOfflineAsync(phone, user);
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
        await Assertions.Expect(phone.Locator("[data-people] li:has(.state-now:visible)")).ToContainTextAsync(otherUser);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task SharedPhone_TakenByPinOffline_ShowsNoOthersCardAndKeepsItsPersonWhenTheOtherSignsOut()
    {
        var ((user, _), (otherUser, _)) = (await site.LearnerAsync(), await site.LearnerAsync());
        var phone = await SharedByTwoAsync(user, otherUser);
        await phone.GotoAsync("/me/card");
        await phone.Locator("[data-kept-card]").WaitForAsync();
        await TakeOfflineAsync(phone, user, "4071");
        Assert.False(await phone.EvaluateAsync<bool>("caches.match('/me/card').then(Boolean)"));
        await phone.GotoAsync(LearnPhone.Course + "/mat-khau");
        await phone.ReadyAsync();
        await phone.CountsAsync("Đã lưu trên máy 1");

        // Pages come through and sending does not, so what the one at the phone did is still there when the one who is signed in leaves.
        await phone.Context.RouteAsync("**/learn/sync", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        var questions = new List<string>();
        phone.Dialog += async (_, dialog) =>
        {
            questions.Add(dialog.Message);
            await dialog.AcceptAsync();
        };
        await phone.Context.SetOfflineAsync(false);
        await phone.GotoAsync("/today");
        await phone.WaitForURLAsync("**/account/people?returnUrl=*");
        await phone.EvaluateAsync("document.querySelector('form[data-forget]').requestSubmit()");
        await phone.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");

        Assert.Empty(questions);
        await phone.HeldAsync("device", $"(all) => all.some((one) => one.byPin && one.name?.includes('{user}'))");
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task SharedPhone_TakenOfflineByAPinThatIsGone_GoesBackToWhoeverIsSignedIn()
    {
        var ((user, _), (otherUser, _)) = (await site.LearnerAsync(), await site.LearnerAsync());
        var phone = await SharedByTwoAsync(user, otherUser);
        await TakeOfflineAsync(phone, user, "4071");
        await site.QueryAsync(db => db.DevicePins.Where(pin => db.Users.Any(row => row.Id == pin.UserId && row.UserName == user)).ExecuteUpdateAsync(set => set.SetProperty(pin => pin.RevokedUtc, site.Clock.UtcNow())));

        await phone.Context.SetOfflineAsync(false);
        await phone.GotoAsync("/today");

        await phone.HeldAsync("device", $"(all) => all.some((one) => one.name?.includes('{otherUser}') && !one.byPin)");
        await phone.HeldAsync("people", $"(all) => all.length === 1 && all[0].name.includes('{otherUser}')");
        Assert.EndsWith("/today", phone.Url, StringComparison.Ordinal);
        await phone.Context.CloseAsync();
    }

    [Fact]
    public async Task SharedPhone_PinSetAnewAndThePageClosed_TakesWhatTheServerTook()
    {
        var (user, _) = await site.LearnerAsync();
        var phone = await site.PhoneAsync();
        await SharePhoneAsync(phone, user, "4071");
        await phone.GotoAsync("/me/shared-phone");
        var before = await phone.GetAttributeAsync("[data-pin]", "data-row");
        await phone.HeldAsync("people", $"(all) => all.length === 1 && all[0].row === '{before}'");
        await phone.FillAsync("#Pin", "2846");
        await phone.FillAsync("#PinAgain", "2846");
        var taken = new TaskCompletionSource();
        await phone.Context.RouteAsync("**/me/shared-phone", async route =>
        {
            // The server takes it, and the page that would say so never comes.
            await route.FetchAsync(new() { MaxRedirects = 0 });
            await route.FulfillAsync(new() { Status = 204 });
            taken.TrySetResult();
        });
        // ClickAsync would wait for the page that it leads to, and here none comes.
        await phone.DispatchEventAsync("[data-pin] button", "click");
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var after = await site.QueryAsync(db => db.DevicePins.Where(pin => pin.RevokedUtc == null && db.Users.Any(row => row.Id == pin.UserId && row.UserName == user)).Select(pin => pin.Id).SingleAsync());
        Assert.NotEqual(Guid.Parse(before!), after);
        await phone.HeldAsync("people", $"(all) => all.length === 1 && all[0].isProposed && all[0].row === '{before}'");
        await phone.Context.UnrouteAllAsync();
        await site.SignInAsync(phone, user);

        await phone.HeldAsync("people", $"(all) => all.length === 1 && !all[0].isProposed && all[0].row === '{after}'");
        await phone.Context.CloseAsync();
    }

    /// <summary>The network goes, and somebody takes the phone with their PIN.</summary>
    private static async Task TakeOfflineAsync(IPage phone, string user, string pin)
    {
        await ChooseOfflineAsync(phone, user);
        await phone.FillAsync("#pin", pin);
        await phone.ClickAsync("[data-pin-entry] button");
        await phone.Locator("[data-people] li", new() { HasText = user }).Locator(".state-now").WaitForAsync();
    }

    /// <summary>The network goes, and somebody says who they are.</summary>
    private static async Task ChooseOfflineAsync(IPage phone, string user)
    {
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync("/learn");
        await phone.ReadyAsync();
        await phone.Locator("[data-people] li", new() { HasText = user }).GetByRole(AriaRole.Button).ClickAsync();
    }

    /// <summary>A phone of two people, 4071 and 2846, with the second one signed in.</summary>
    private async Task<IPage> SharedByTwoAsync(string user, string otherUser)
    {
        var phone = await site.PhoneAsync();
        await SharePhoneAsync(phone, user, "4071");
        await SignOutAsync(phone);
        await SharePhoneAsync(phone, otherUser, "2846");
        return phone;
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
        await phone.Locator("[data-pin]:not([data-row=''])").WaitForAsync();
        await phone.HeldAsync("people", "(all) => all.length > 0 && all.every((one) => !one.isProposed)");
        await phone.GotoAsync(LearnPhone.Course);
        await phone.KeepAsync();
    }

    private static async Task SignOutAsync(IPage phone)
    {
        await phone.GotoAsync("/me");
        await phone.EvaluateAsync("document.querySelector('main form[action$=\"sign-out\"]').requestSubmit()");
        await phone.WaitForURLAsync(url => !url.EndsWith("/me", StringComparison.Ordinal));
    }

    private Task<List<string>> SlugsAsync(Guid person) => site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == person).Select(row => row.Lesson.Slug).Order().ToListAsync());
}
