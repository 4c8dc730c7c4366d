using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.BrowserTests;

/// <summary>After a session: a member says how it was, the trainer sees who came and who lacks the skill, the organizer who has not handed in.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AfterSessionTests(BrowserSite site)
{
    [Fact]
    public async Task Feedback_OnAPhone_IsThreeTapsAndIsReadWithoutNames()
    {
        var code = await HeldAsync();
        var phone = await site.OpenAsAsync("member", phone: true);
        await phone.GotoAsync($"/sessions/{code}");
        Assert.Contains("120/120 phút", await phone.InnerTextAsync("main"), StringComparison.Ordinal);
        await BrowserSite.AssertAccessibleAsync(phone);

        await phone.ClickAsync("a[href$='/feedback']");
        await BrowserSite.AssertAccessibleAsync(phone);
        await phone.ClickAsync("label.chip:has(input[name=Understanding][value='4'])");
        await phone.ClickAsync("label.chip:has(input[name=Guidance][value='5'])");
        await phone.ClickAsync("label.chip:has(input[name=Organization][value='3'])");
        await phone.FillAsync("#Words", "Nên có thêm giờ thực hành");
        await phone.ClickAsync("main form button.btn-primary");
        await phone.WaitForURLAsync($"**/sessions/{code}");
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("Sửa góp ý");

        var desk = await site.OpenAsAsync("so.organizer", phone: false);
        await desk.GotoAsync($"/sessions/{code}");
        await BrowserSite.AssertAccessibleAsync(desk);
        await desk.ClickAsync("a[href$='/feedback/results']");
        await BrowserSite.AssertAccessibleAsync(desk);
        var read = await desk.InnerTextAsync("main");
        Assert.Contains("Nên có thêm giờ thực hành", read, StringComparison.Ordinal);
        Assert.DoesNotContain("Vì Ngọc Lả", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trainer_SeesWhoCameAndAnswersAQuestion()
    {
        var code = await HeldAsync();
        var member = await site.OpenAsAsync("member", phone: true);
        await member.GotoAsync($"/sessions/{code}/questions");
        await member.FillAsync("#text", "Quên mật khẩu thì làm sao?");
        await member.ClickAsync("main form button.btn-primary");
        await BrowserSite.AssertAccessibleAsync(member);

        // The coordinator of the ward teaches here.
        var trainer = await site.OpenAsAsync("xa.coordinator", phone: true);
        await trainer.GotoAsync($"/sessions/{code}/trainer");
        await BrowserSite.AssertAccessibleAsync(trainer);
        Assert.Contains("1/", await trainer.InnerTextAsync(".report-answer"), StringComparison.Ordinal);
        await trainer.ClickAsync("label.chip:has(input[value=lacking])");
        await trainer.WaitForURLAsync("**show=lacking**");
        await BrowserSite.AssertAccessibleAsync(trainer);

        await trainer.GotoAsync($"/sessions/{code}/questions");
        await trainer.ClickAsync("article details summary");
        await BrowserSite.AssertAccessibleAsync(trainer);
        await trainer.FillAsync("article textarea", "Bấm “Quên mật khẩu” rồi làm theo.");
        await trainer.ClickAsync("form[action$='/answer'] button");
        await Assertions.Expect(trainer.Locator("article")).ToContainTextAsync("Bấm “Quên mật khẩu”");
        await BrowserSite.AssertAccessibleAsync(trainer);
        await trainer.ClickAsync("article a:has-text('Đưa vào thư viện')");
        await BrowserSite.AssertAccessibleAsync(trainer);
        await trainer.ClickAsync(".action-bar button");
        await trainer.ClickAsync("article a:has-text('Chờ người phụ trách thư viện xem')");
        await BrowserSite.AssertAccessibleAsync(trainer);
        await Assertions.Expect(trainer.Locator("h1")).ToContainTextAsync("Quên mật khẩu thì làm sao?");

        await trainer.GotoAsync($"/sessions/{code}/materials");
        await BrowserSite.AssertAccessibleAsync(trainer);
        await trainer.FillAsync("#title", "Phim ngắn");
        await trainer.FillAsync("#url", "https://example.org/phim");
        await trainer.ClickAsync("main form:has(#url) button");
        await BrowserSite.AssertAccessibleAsync(trainer);
        await Assertions.Expect(trainer.Locator("main ul.rows").First).ToContainTextAsync("Phim ngắn");
    }

    [Fact]
    public async Task HandInAndBudget_OnAPhone_AreAccessible()
    {
        var code = await HeldAsync();
        var organizer = await site.OpenAsAsync("so.organizer", phone: true);
        await organizer.GotoAsync($"/sessions/{code}/hand-in");
        await BrowserSite.AssertAccessibleAsync(organizer);
        await organizer.ClickAsync("tbody details summary");
        await BrowserSite.AssertAccessibleAsync(organizer);

        await organizer.GotoAsync($"/sessions/{code}/budget");
        await organizer.FillAsync("#Text", "Nước uống");
        await organizer.FillAsync("#Amount", "1500000");
        await organizer.ClickAsync("form[action$='/lines'] button");
        await Assertions.Expect(organizer.Locator(".page-head-sub")).ToContainTextAsync("1.500.000 đồng");
        await BrowserSite.AssertAccessibleAsync(organizer);

        var coordinator = await site.OpenAsAsync("xa.coordinator", phone: true);
        await coordinator.GotoAsync("/today");
        await BrowserSite.AssertAccessibleAsync(coordinator);
        await coordinator.GotoAsync($"/sessions/{code}/points/P1/budget");
        await coordinator.FillAsync("#name", "Máy chiếu");
        await coordinator.ClickAsync("form[action$='/equipment'] button");
        await coordinator.ClickAsync("form[action$='/ready'] button");
        await Assertions.Expect(coordinator.Locator("main")).ToContainTextAsync("1/1 thiết bị đã sẵn sàng");
        await BrowserSite.AssertAccessibleAsync(coordinator);
    }

    /// <summary>A session of this morning that is over, at which the demo member was; the ward's coordinator teaches.</summary>
    private Task<string> HeldAsync() => site.WithAsync(async services =>
    {
        var code = $"SAU-{Guid.NewGuid().ToString("N")[..8]}";
        var end = site.Clock.UtcNow().AddMinutes(-10);
        var made = await services.GetRequiredService<SessionService>().CreateAsync(new SessionDraft
        {
            Code = code,
            Title = "An toàn trên mạng cho người cao tuổi",
            Topics = ["T7"],
            Blocks = [new(end.AddHours(-2), end)],
            Points = [new("P1", "03646", Venue: "UBND phường Chiềng Lề"), new("P2", "03649", Venue: "UBND phường Tô Hiệu")],
            Invite = new(["116"]),
        });
        Assert.True(made.Succeeded);
        var lifecycle = services.GetRequiredService<SessionLifecycle>();
        Assert.True((await lifecycle.PublishAsync(code)).Succeeded);
        Assert.True((await lifecycle.OpenAsync(code)).Succeeded);
        Assert.True((await services.GetRequiredService<TrainerService>().AssignAsync(code, ["xa.coordinator"])).Succeeded);
        var marked = await services.GetRequiredService<CheckInService>().MarkAsync(code, "P1", "SL-000210", AttendanceKind.In, null);
        Assert.Equal(EventOutcome.Recorded, marked.Value!.Outcome);
        return code;
    });
}
