using System.Net;
using AngleSharp.Dom;
using TrainingSite.Library.Models;
using TrainingSite.Notifications.Models;
using TrainingSite.SiteTests.Notifications;

namespace TrainingSite.SiteTests.Library;

/// <summary>Documents that are proposed and reviewed, and files that newer ones take the place of.</summary>
public abstract class ReviewTests(SiteFixture site)
{
    [Fact]
    public async Task Proposal_IsSeenByOthersOnlyOncePublished()
    {
        var coordinator = await site.SignInAsync("xa.coordinator");
        var organizer = await site.SignInAsync("so.organizer");
        var member = await site.SignInAsync("member");
        var sent = await coordinator.SendFileAsync("/library/propose", "meo.txt", SampleFiles.Text("Cách trồng rau cải mèo xen ngô"), ("Title", "Rau cải mèo"), ("Visibility", "Public"));
        var address = sent.Headers.Location!.OriginalString;
        await site.ReadTextsAsync();

        await IsHiddenAsync();
        Assert.Contains("chờ duyệt", (await coordinator.GetPageAsync(address)).QuerySelector(".notice:not([role])")!.TextContent);
        Assert.Contains("Rau cải mèo", (await coordinator.GetPageAsync("/library")).QuerySelector("section[aria-labelledby=mine]")!.TextContent);
        Assert.Contains("Rau cải mèo", (await organizer.GetPageAsync("/library/waiting")).QuerySelector(".rows")!.TextContent);
        Assert.Contains("/library/waiting", (await organizer.GetPageAsync("/today")).QuerySelector("main")!.InnerHtml);

        await DecideAsync(organizer, await organizer.GetPageAsync(address), address, "refuse", " ");
        Assert.Contains("hãy ghi lý do", (await organizer.GetPageAsync(address)).Body!.TextContent);
        await DecideAsync(organizer, await organizer.GetPageAsync(address), address, "refuse", "Thiếu mùa vụ");
        await IsHiddenAsync();
        Assert.Contains("Thiếu mùa vụ", (await coordinator.GetPageAsync(address)).QuerySelector(".notice-warning")!.TextContent);

        Assert.Equal(HttpStatusCode.Redirect, (await coordinator.SendFileAsync(address + "/revise", "meo-2.txt", SampleFiles.Text("Cách trồng rau cải mèo xen ngô vụ thu"), ("Title", "Rau cải mèo vụ thu"), ("Visibility", "Public"))).StatusCode);
        await DecideAsync(organizer, await organizer.GetPageAsync(address), address, "publish");
        await site.ReadTextsAsync();

        Assert.Contains("vụ thu", (await member.GetPageAsync(address)).QuerySelector("article")!.TextContent);
        Assert.Contains(address, await HitsAsync("cai meo vu thu"));
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync(address + "/revise")).StatusCode);

        async Task IsHiddenAsync()
        {
            Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await site.CreateClient().GetAsync(address + "/file")).StatusCode);
            Assert.DoesNotContain("Rau cải mèo", (await member.GetPageAsync("/library")).Body!.TextContent);
            Assert.DoesNotContain(address, await HitsAsync("rau cai meo"));
        }
    }

    [Fact]
    public async Task Refuse_OfAProposal_TellsWhoSentItEachTimeOnce()
    {
        var coordinator = await site.SignInAsync("xa.coordinator");
        var organizer = await site.SignInAsync("so.organizer");
        var address = (await coordinator.SendFileAsync("/library/propose", "dau.txt", SampleFiles.Text("Nuôi dê trên núi đá"), ("Title", "Nuôi dê"), ("Visibility", "Public"))).Headers.Location!.OriginalString;

        foreach (var note in new[] { "Thiếu cách phòng bệnh", "Thiếu giá giống" })
        {
            await DecideAsync(organizer, await organizer.GetPageAsync(address), address, "refuse", note);
            for (var sweep = 0; sweep < 2; sweep++)
            {
                await site.SweepAsync();
                await site.SendAsync();
            }

            site.Clock.Advance(TimeSpan.FromMinutes(2));
            await coordinator.SendFileAsync(address + "/revise", "dau.txt", SampleFiles.Text("Nuôi dê trên núi đá. " + note), ("Title", "Nuôi dê"), ("Visibility", "Public"));
        }

        var notices = (await coordinator.GetPageAsync("/me/notices")).QuerySelector("main")!.TextContent;
        Assert.Contains("Người duyệt ghi: Thiếu cách phòng bệnh", notices);
        Assert.Contains("Người duyệt ghi: Thiếu giá giống", notices);
        Assert.Equal(2, await site.QueryAsync(db => db.Messages.CountAsync(row => row.Channel == MessageChannel.InApp && row.Url == address)));
    }

    [Fact]
    public async Task Publish_WhatWasRevisedMeanwhile_IsRefused()
    {
        var coordinator = await site.SignInAsync("xa.coordinator");
        var organizer = await site.SignInAsync("so.organizer");
        var address = (await coordinator.SendFileAsync("/library/propose", "tam.txt", SampleFiles.Text("Nuôi tằm lá sắn"), ("Title", "Nuôi tằm"), ("Visibility", "Public"))).Headers.Location!.OriginalString;
        var seen = await organizer.GetPageAsync(address);
        // Reading its words is no edit: who has the page open notices nothing.
        await site.ReadTextsAsync();
        await coordinator.SendFileAsync(address + "/revise", "tam-2.txt", SampleFiles.Text("Nuôi tằm lá dâu"), ("Title", "Nuôi tằm"), ("Visibility", "Public"));

        await DecideAsync(organizer, seen, address, "publish");

        Assert.Contains("Có người vừa sửa", (await organizer.GetPageAsync(address)).Body!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await site.CreateClient().GetAsync(address)).StatusCode);
        await site.ReadTextsAsync();
        seen = await organizer.GetPageAsync(address);
        await DecideAsync(organizer, seen, address, "publish");
        Assert.Equal(HttpStatusCode.OK, (await site.CreateClient().GetAsync(address)).StatusCode);
        Assert.Null((await organizer.GetPageAsync(address)).QuerySelector("section[aria-labelledby=editions]"));
    }

    [Fact]
    public async Task Revise_WithAWrongUnitAndAnotherFile_ChangesNothing()
    {
        var coordinator = await site.SignInAsync("xa.coordinator");
        var address = (await coordinator.SendFileAsync("/library/propose", "ong.txt", SampleFiles.Text("Nuôi ong rừng"), ("Title", "Nuôi ong"), ("Visibility", "SignedIn"))).Headers.Location!.OriginalString;

        var refused = await coordinator.SendFileAsync(address + "/revise", "ong-2.txt", SampleFiles.Text("Nuôi ong nhà"), ("Title", "Nuôi ong nhà"), ("Visibility", "Unit"), ("UnitCode", "99999"));

        Assert.Contains("trong phạm vi của bạn", (await refused.ReadPageAsync()).QuerySelector("main")!.TextContent);
        Assert.Equal(("Nuôi ong", "ong.txt"), await site.QueryAsync(async db => await db.Documents.Where(document => document.Title.StartsWith("Nuôi ong")).Select(document => new ValueTuple<string, string>(document.Title, document.FileName)).SingleAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await coordinator.SendFileAsync(address + "/revise", "ong-2.txt", SampleFiles.Text("Nuôi ong nhà"), ("Title", "Nuôi ong nhà"), ("Visibility", "SignedIn"))).StatusCode);
    }

    [Fact]
    public async Task Proposal_ByThoseWithoutTheRight_OrForAnotherUnit_IsRefused()
    {
        var leader = await site.SignInAsync("to.truong");
        var other = await site.QueryAsync(db => db.Set<TrainingSite.Organization.Models.AdministrativeUnit>()
            .Where(unit => unit.Level == TrainingSite.Organization.Models.UnitLevel.Commune && unit.Code != "03646").OrderBy(unit => unit.Code).Select(unit => unit.Code).FirstAsync());
        var outside = await leader.SendFileAsync("/library/propose", "ngoai.txt", SampleFiles.Text("ngoài phạm vi"), ("Title", "Ngoài phạm vi"), ("Visibility", "Unit"), ("UnitCode", other));
        Assert.Contains("trong phạm vi của bạn", (await outside.ReadPageAsync()).QuerySelector("main")!.TextContent);

        var sent = await leader.SendFileAsync("/library/propose", "to.txt", SampleFiles.Text("của tổ gửi"), ("Title", "Của tổ"), ("Visibility", "SignedIn"));
        var address = sent.Headers.Location!.OriginalString;
        var coordinator = await site.SignInAsync("xa.coordinator");
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.SignInAsync("member")).GetAsync("/library/propose")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.GetAsync("/library/waiting")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await leader.PostFormAsync(address + "/publish", [], address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync(address + "/revise")).StatusCode);

        await leader.PostFormAsync(address + "/withdraw", [], address);
        Assert.Equal(0, await site.QueryAsync(db => db.Documents.CountAsync(document => document.Title == "Của tổ")));
    }

    [Fact]
    public async Task NewFile_IsReadAndFound_AndTheEarlierOneStaysForStaff()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var address = await organizer.AddAsync("noi-quy.txt", SampleFiles.Text("Nội quy cũ về máy chiếu"), ("Title", "Nội quy"), ("Visibility", "Public"));
        await site.ReadTextsAsync();
        var first = await site.QueryAsync(db => db.Documents.Where(document => document.Title == "Nội quy").Select(document => document.Sha256).SingleAsync());

        var same = await organizer.SendFileAsync(address + "/new-file", "noi-quy.txt", SampleFiles.Text("Nội quy cũ về máy chiếu"));
        Assert.Contains("giống hệt", (await same.ReadPageAsync()).QuerySelector("main")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.SendFileAsync(address + "/new-file", "noi-quy-2.md", SampleFiles.Text("Nội quy mới về loa kéo"))).StatusCode);
        await site.ReadTextsAsync();

        Assert.Contains(address, await HitsAsync("loa keo"));
        Assert.DoesNotContain(address, await HitsAsync("noi quy cu ve may chieu", exact: "máy chiếu"));
        Assert.Equal("Nội quy mới về loa kéo", await site.CreateClient().GetStringAsync(address + "/file"));
        var coordinator = await site.SignInAsync("xa.coordinator");
        var link = (await coordinator.GetPageAsync(address)).QuerySelector("section[aria-labelledby=editions] a")!.GetAttribute("href")!;
        Assert.Equal("Nội quy cũ về máy chiếu", await coordinator.GetStringAsync(link));
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignInAsync("member")).GetAsync(link)).StatusCode);

        await organizer.PostFormAsync(address + "/delete", []);
        Assert.False(File.Exists(Path.Combine(site.DataPath, "library", first[..2], first)));
    }

    /// <summary>Decides about a document as the page showed it.</summary>
    private static Task DecideAsync(HttpClient reviewer, IDocument page, string address, string what, string reason = "") => reviewer.PostFormFromAsync(
        page, $"{address}/{what}", new() { ["version"] = page.QuerySelector($"form[action$='/{what}'] input[name=version]")!.GetAttribute("value"), ["reason"] = reason });

    /// <summary>Addresses of the documents found; with <paramref name="exact"/> only those whose snippet has the words.</summary>
    private async Task<List<string>> HitsAsync(string query, string exact = "") =>
        [.. (await site.CreateClient().GetJsonAsync($"/api/v1/search?kind=document&q={Uri.EscapeDataString(query)}")).GetProperty("hits").EnumerateArray()
            .Where(hit => hit.GetProperty("snippet").GetString()!.Contains(exact, StringComparison.Ordinal))
            .Select(hit => new Uri(new Uri("http://x"), hit.GetProperty("url").GetString()).AbsolutePath)];
}

public sealed class SqliteReviewTests(SqliteSite site) : ReviewTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlReviewTests(PostgreSqlSite site) : ReviewTests(site), IClassFixture<PostgreSqlSite>;
