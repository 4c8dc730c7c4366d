using Microsoft.EntityFrameworkCore;
using TrainingSite.Courses.Apps;
using TrainingSite.Courses.Models;
using TrainingSite.Search.Models;

namespace TrainingSite.BrowserTests;

/// <summary>Flows 4 to 7 and the pages around them: every page opens for who may see it, fits a phone, and passes axe.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StaffTests(BrowserSite site)
{
    public static TheoryData<string, string> Pages => new()
    {
        { "", "/" },
        { "", "/account/activate" },
        { "", "/apps" },
        { "", "/account/sign-in" },
        { "", "/certificates" },
        { "", "/certificates?code=SAI" },
        { "", "/courses" },
        { "", "/courses/giu-an-toan" },
        { "", "/courses/paths" },
        { "", "/khong-co-trang-nay" },
        { "", "/library" },
        { "", "/search?q=an+toan+tren+mang" },
        { "", "/sheets" },
        { "member", "/courses" },
        { "member", "/today" },
        { "member", "/courses/giu-an-toan/nhan-ra-tro-lua" },
        { "member", "/check-in" },
        { "member", "/me" },
        { "member", "/me/card" },
        { "member", "/me/external-courses" },
        { "member", "/me/notices" },
        { "member", "/search?q=mat+khau" },
        { "member", "/search?q=khongcogicanaydau" },
        { "member", "/sessions" },
        { "to.truong", "/today" },
        { "to.truong", "/people/SL-000210/card" },
        { "to.truong", "/people/SL-000210/learning" },
        { "to.truong", "/people/SL-000210/learning/giu-an-toan" },
        { "to.truong", "/teams/T-03646-SYN-042" },
        { "to.truong", "/teams/T-03646-SYN-042/cards" },
        { "xa.coordinator", "/apps/new" },
        { "xa.coordinator", "/library/propose" },
        { "xa.coordinator", "/library/templates" },
        { "xa.coordinator", "/today" },
        { "xa.coordinator", "/people/SL-000210" },
        { "xa.coordinator", "/reports/member-completion" },
        { "xa.coordinator", "/reports/team-statistics" },
        { "xa.coordinator", "/units" },
        { "xa.coordinator", "/units/03646" },
        { "xa.coordinator", "/users" },
        { "so.organizer", "/today" },
        { "so.organizer", "/apps/new" },
        { "so.organizer", "/certificates/design" },
        { "so.organizer", "/certificates/unit?course=giu-an-toan" },
        { "so.organizer", "/courses/edit" },
        { "so.organizer", "/courses/paths/edit" },
        { "so.organizer", "/courses/paths/edit/new" },
        { "so.organizer", "/courses/edit/giu-an-toan" },
        { "so.organizer", "/courses/edit/giu-an-toan/lessons/nhan-ra-tro-lua" },
        { "so.organizer", "/courses/edit/giu-an-toan/versions" },
        { "so.organizer", "/courses/edit/import" },
        { "so.organizer", "/external-courses" },
        { "so.organizer", "/library/new" },
        { "so.organizer", "/library/new-link" },
        { "so.organizer", "/library/waiting" },
        { "so.organizer", "/media" },
        { "so.organizer", "/media/new" },
        { "so.organizer", "/media/folders/new" },
        { "so.organizer", "/messages" },
        { "so.organizer", "/reports" },
        { "so.organizer", "/reports/team-coverage" },
        { "so.organizer", "/reports/team-statistics?as_of=2023-09-30" },
        { "so.organizer", "/roster-import" },
        { "so.organizer", "/sessions" },
        { "so.organizer", "/sessions/new" },
        { "so.organizer", "/topics" },
        { "so.organizer", "/topics/T7" },
        { "so.organizer", "/units" },
        { "admin", "/jobs" },
        { "admin", "/search/abbreviations" },
        { "admin", "/search/misses" },
        { "admin", "/search/synonyms" },
        { "admin", "/today" },
        { "admin", "/users" },
        { "admin", "/users/new" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OnPhoneAndDesk_FitsAndIsAccessible(string user, string path)
    {
        foreach (var phone in new[] { true, false })
        {
            var page = await site.WalkAsAsync(user, phone);
            var errors = new List<string>();
            void Note(object? sender, IConsoleMessage message)
            {
                if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
                {
                    errors.Add(message.Text);
                }
            }

            page.Console += Note;
            var answer = await page.GotoAsync(path);

            Assert.Equal(path.Contains("khong-co", StringComparison.Ordinal) ? 404 : 200, answer!.Status);
            Assert.Equal(1, await page.Locator("h1").CountAsync());
            await (phone ? BrowserSite.AssertAccessibleAsync(page) : BrowserSite.AssertFitsAsync(page));
            Assert.Empty(errors);
            page.Console -= Note;
        }
    }

    [Fact]
    public async Task AppsAndMisses_WithRows_FitAndAreAccessible()
    {
        await site.QueryAsync(async db =>
        {
            var today = site.Clock.Today();
            var course = await db.Courses.Include(row => row.Lessons).SingleAsync(row => row.Slug == "giu-an-toan");
            db.RecommendedApps.Add(new()
            {
                Slug = "tin-nhiem", Name = "Tra cứu tín nhiệm của trang web và số điện thoại", Purpose = "Gõ một địa chỉ để xem trang ấy đã bị báo là lừa đảo chưa.",
                Publisher = "Trung tâm Giám sát an toàn không gian mạng quốc gia", TopicCode = course.TopicCode, WebUrl = "https://mot-ten-mien-rat-dai-de-thu-chieu-rong.example.gov.vn/", AndroidUrl = "https://play.google.com/store/apps/details?id=vn.example",
                UnitPath = "14/116/03646/", UnitName = "Phường Chiềng Lề, Thành phố Sơn La", CourseId = course.Id, LessonId = course.Lessons.First().Id,
                ReviewedBy = "Cán bộ phường Chiềng Lề", ReviewedOn = today.AddDays(-200), NextReviewOn = today.AddDays(-20),
            });
            db.MissedSearches.AddRange(
                new() { Form = "nop tien dien bang vi", Text = "nộp tiền điện bằng ví", FirstDay = today.AddDays(-9), LastDay = today, Count = 12, People = 7 },
                new() { Form = "motchurattdaikhongcodaucachdethuchieurongcuadong", Text = "motchurattdaikhongcodaucachdethuchieurongcuadong", FirstDay = today, LastDay = today, Count = 1 });
            return await db.SaveChangesAsync();
        });

        foreach (var (user, path) in new[] { ("member", "/apps"), ("member", "/apps/tin-nhiem"), ("member", "/courses/giu-an-toan"), ("xa.coordinator", "/apps/tin-nhiem/edit"), ("admin", "/search/misses?again=true") })
        {
            foreach (var phone in new[] { true, false })
            {
                var page = await site.WalkAsAsync(user, phone);
                Assert.Equal(200, (await page.GotoAsync(path))!.Status);
                await BrowserSite.AssertAccessibleAsync(page);
            }
        }
    }

    [Fact]
    public async Task Course_SavedTwiceOnTheSamePage_KeepsNothingOld()
    {
        var page = await site.OpenAsAsync("so.organizer", phone: false);
        foreach (var text in new[] { "Bản thứ nhất của lời giới thiệu.", "Bản thứ hai của lời giới thiệu." })
        {
            await page.GotoAsync("/courses/edit/tra-tien-bang-ma");
            await page.FillAsync("#Form_Summary", text);
            await page.ClickAsync("main .action-bar .btn-primary");
            await page.Locator(".toast-line", new() { HasText = "Đã lưu" }).WaitForAsync();
            Assert.Equal(text, await page.InputValueAsync("#Form_Summary"));
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Search_WithoutAccents_FindsAndHighlights()
    {
        var page = await site.PhoneAsync();
        await page.GotoAsync("/");
        await page.FillAsync("main [name=q]", "mat khau");
        await page.PressAsync("main [name=q]", "Enter");

        Assert.True(await page.Locator(".hit").CountAsync() > 0);
        Assert.Contains("mật khẩu", await page.Locator(".hit mark").First.InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
    }
}
