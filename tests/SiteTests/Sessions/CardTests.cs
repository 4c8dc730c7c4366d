using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Cards;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Members' cards: signed so that a phone can check them without the server, void when a newer one was given, seen only by those concerned.</summary>
public abstract class CardTests(SiteFixture site)
{
    [Fact]
    public async Task Text_OfACard_IsVerifiedWithThePublicKeyAlone()
    {
        var (text, publicKey) = await WithCardsAsync(cards => Task.FromResult((cards.TextOf("SL-000210", 1), cards.PublicKey)));

        var parts = text.Split(':');
        Assert.Equal(["TS1", "SL-000210", "1"], parts[..3]);
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        var signature = Base64Url.DecodeFromChars(parts[3]);
        Assert.Equal(64, signature.Length);
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes("TS1:SL-000210:1"), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    [Fact]
    public async Task Key_AfterARestart_IsTheSameAndOnlyTheOwnersToRead()
    {
        var publicKey = await WithCardsAsync(cards => Task.FromResult(cards.PublicKey));

        var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new CardKey(new SitePaths(site.DataPath)).PublicKey)));

        Assert.All(others, other => Assert.Equal(publicKey, other));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(site.DataPath, "keys", "cards.pem")));
        }
    }

    [Fact]
    public async Task Key_MadeByManyAtOnce_IsOne()
    {
        for (var round = 0; round < 20; round++)
        {
            var folder = Directory.CreateTempSubdirectory("card_key_").FullName;
            using var start = new Barrier(8);

            var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait();
                return new CardKey(new SitePaths(folder)).PublicKey;
            }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.Single(keys.Distinct());
            Assert.Equal(["cards.pem"], Directory.GetFiles(Path.Combine(folder, "keys")).Select(Path.GetFileName));
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("SL-000001", "SL-000002")]
    [InlineData(":1:", ":2:")]
    [InlineData("TS1", "TS2")]
    public async Task Read_AlteredText_IsNotBelieved(string part, string other) =>
        Assert.Null(await WithCardsAsync(cards => Task.FromResult(cards.Read(cards.TextOf("SL-000001", 1).Replace(part, other, StringComparison.Ordinal)))));

    [Theory]
    [InlineData("")]
    [InlineData("TS1")]
    [InlineData("TS1:::")]
    [InlineData("TS1:SL-000001:1:")]
    [InlineData("TS1:SL-000001:1:AAAA")]
    [InlineData("TS1:SL-000001:1:không phải mã")]
    [InlineData("TS1:SL-000001:99999999999:AAAA")]
    [InlineData("https://example.com/TS1:SL-000001:1:AAAA")]
    public async Task Read_SomethingElse_IsNotBelieved(string text) => Assert.Null(await WithCardsAsync(cards => Task.FromResult(cards.Read(text))));

    [Fact]
    public async Task Mine_Member_SeesNameAndCode()
    {
        var member = await site.SignInAsync("member");
        var page = await member.GetPageAsync("/me/card");

        Assert.Contains("Vì Ngọc Lả", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("SL-000210", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("svg.qr path"));
        Assert.NotNull((await member.GetPageAsync("/me")).QuerySelector("a[href='/me/card']"));
        Assert.Null((await (await site.SignInAsync("so.organizer")).GetPageAsync("/me/card")).QuerySelector("svg.qr"));
    }

    [Fact]
    public async Task Reissue_Twice_GivesOneNewCardAndVoidsTheOld()
    {
        var leader = await site.SignInAsync("to.truong");
        var page = await leader.GetPageAsync("/people/SL-000211/card");
        var old = await WithCardsAsync(cards => Task.FromResult(cards.TextOf("SL-000211", 1)));
        Assert.Null(await CheckAsync("SL-000211", old));

        await leader.PostFormFromAsync(page, "/people/SL-000211/card", new() { ["seen"] = "1" });
        await leader.PostFormFromAsync(page, "/people/SL-000211/card", new() { ["seen"] = "1" });

        Assert.Equal(CardService.Void, await CheckAsync("SL-000211", old));
        Assert.Null(await CheckAsync("SL-000211", await WithCardsAsync(cards => Task.FromResult(cards.TextOf("SL-000211", 2)))));
        Assert.Equal("2", (await leader.GetPageAsync("/people/SL-000211/card")).QuerySelector("input[name=seen]")!.GetAttribute("value"));

        await leader.PostFormAsync("/people/SL-000211/card", new() { ["seen"] = "2" });
        Assert.Equal(3, await site.WithAsync(async services =>
        {
            var people = services.GetRequiredService<SiteDbContext>().People.Where(person => person.Code == "SL-000211" || person.Code == "SL-000210").Select(person => person.Id);
            return Assert.Single((await services.GetRequiredService<CardService>().ReissuedAsync(people)).Values);
        }));
    }

    [Fact]
    public async Task Check_CardOfSomebodyElse_IsInvalid() =>
        Assert.Equal(CardService.Invalid, await CheckAsync("SL-000001", await WithCardsAsync(cards => Task.FromResult(cards.TextOf("SL-000002", 1)))));

    [Fact]
    public async Task Event_WithACard_IsTakenOnlyWhenTheCardIsThePersonsAndCounts()
    {
        var code = await (await site.ApiAsync("so.organizer")).OpenSessionAsync($"CA-{Guid.NewGuid().ToString("N")[..8]}");
        var coordinator = await site.ApiAsync("xa.coordinator");
        var (mine, others) = await WithCardsAsync(cards => Task.FromResult((cards.TextOf("SL-000125", 1), cards.TextOf("SL-000124", 1))));
        Dictionary<string, object?> Scan(string card) => new(Event("SL-000125", "in", method: "card")) { ["card"] = card };
        var first = Scan(mine);

        var results = await coordinator.SendAsync(code, "phone-1", Event("SL-000001", "in"), Scan(others), Scan("TS1:SL-000125:1:AAAA"), first, Event("SL-000002", "in"));
        Assert.Equal([("recorded", null), ("rejected", "card_invalid"), ("rejected", "card_invalid"), ("recorded", null), ("recorded", null)], results);

        await (await site.SignInAsync("xa.coordinator")).PostFormAsync("/people/SL-000125/card", new() { ["seen"] = "1" });
        Assert.Equal(("rejected", "card_void"), await coordinator.SendOneAsync(code, Scan(mine)));
        Assert.Equal("duplicate", (await coordinator.SendOneAsync(code, first)).Outcome);
        Assert.Equal("recorded", (await coordinator.SendOneAsync(code, Scan(await WithCardsAsync(cards => Task.FromResult(cards.TextOf("SL-000125", 2)))))).Outcome);
    }

    [Fact]
    public async Task Event_WithATextLongerThanAnyCard_IsRefusedForThatReason()
    {
        var code = await (await site.ApiAsync("so.organizer")).OpenSessionAsync($"CA-{Guid.NewGuid().ToString("N")[..8]}");
        var coordinator = await site.ApiAsync("xa.coordinator");
        Dictionary<string, object?> Scan(int length) => new(Event("SL-000125", "in", method: "card")) { ["card"] = "TS1:SL-000125:1:".PadRight(length, 'A') };

        var results = await coordinator.SendAsync(code, "phone-1", Scan(CardService.MostLength), Scan(CardService.MostLength + 1), Scan(100_000), Event("SL-000001", "in"));

        Assert.Equal([("rejected", "card_invalid"), ("rejected", "card_too_long"), ("rejected", "card_too_long"), ("recorded", null)], results);
    }

    [Fact]
    public async Task Event_WithACardForgedOrReplayed_NeverMarksAnybodyElseNorTwice()
    {
        var code = await (await site.ApiAsync("so.organizer")).OpenSessionAsync($"CA-{Guid.NewGuid().ToString("N")[..8]}");
        var coordinator = await site.ApiAsync("xa.coordinator");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = "TS1:SL-000002:1:" + Base64Url.EncodeToString(other.SignData(Encoding.UTF8.GetBytes("TS1:SL-000002:1"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        var genuine = await WithCardsAsync(cards => Task.FromResult(cards.TextOf("SL-000002", 1)));
        Dictionary<string, object?> Scan(string member, string card, string at) => new(Event(member, "in", at, method: "card")) { ["card"] = card };

        Assert.Equal(("rejected", "card_invalid"), await coordinator.SendOneAsync(code, Scan("SL-000002", forged, "08:01")));
        // A photograph of a genuine card shown twice is the same person twice: one attendance, two facts in the log.
        Assert.Equal("recorded", (await coordinator.SendOneAsync(code, Scan("SL-000002", genuine, "08:02"))).Outcome);
        Assert.Equal("recorded", (await coordinator.SendOneAsync(code, Scan("SL-000002", genuine, "08:03"))).Outcome);
        Assert.Equal(("rejected", "card_invalid"), await coordinator.SendOneAsync(code, Scan("SL-000125", genuine, "08:04")));
        Assert.Equal(1, (await coordinator.GetJsonAsync($"/api/v1/sessions/{code}/attendance?status=present&take=1000")).GetProperty("items").GetArrayLength());
        // Of another province's session, or in a session of which the person is not: the list decides, not the card.
        var stranger = await WithCardsAsync(cards => Task.FromResult(cards.TextOf("SL-014986", 1)));
        Assert.Equal(("rejected", "person_not_in_session"), await coordinator.SendOneAsync(code, Scan("SL-014986", stranger, "08:05")));
    }

    [Theory]
    [InlineData("to.truong", "SL-000001")]
    [InlineData("member", "SL-000209")]
    [InlineData("xa.coordinator", "SL-000012")]
    public async Task Card_OfAnotherTeamsPerson_IsNotThere(string user, string person)
    {
        var client = await site.SignInAsync(user);

        await client.GetPageAsync($"/people/{person}/card", HttpStatusCode.NotFound);
        var answer = await client.PostFormAsync($"/people/{person}/card", new() { ["seen"] = "1" }, page: "/me");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(await CheckAsync(person, await WithCardsAsync(cards => Task.FromResult(cards.TextOf(person, 1)))));
    }

    [Fact]
    public async Task Team_ForItsLeader_ShowsACardForEachMember()
    {
        var leader = await site.SignInAsync("to.truong");
        var page = await leader.GetPageAsync("/teams/T-03646-SYN-042/cards");

        Assert.Equal(3, page.QuerySelectorAll(".card-sheet li").Length);
        Assert.NotNull((await leader.GetPageAsync("/teams/T-03646-SYN-042")).QuerySelector("a[href='/teams/T-03646-SYN-042/cards']"));

        var coordinator = await site.SignInAsync("xa.coordinator");
        Assert.Equal([8, 3], (await coordinator.GetPageAsync("/teams/T-03646/cards")).QuerySelectorAll(".card-sheet").Select(sheet => sheet.ChildElementCount));
    }

    [Theory]
    [InlineData("to.truong", "/teams/T-03646-SYN-002/cards")]
    [InlineData("xa.coordinator", "/teams/T-03649/cards")]
    [InlineData("member", "/teams/T-03646-SYN-042/cards")]
    public async Task Team_OfOthers_IsNotThere(string user, string path) => await (await site.SignInAsync(user)).GetPageAsync(path, HttpStatusCode.NotFound);

    private Task<T> WithCardsAsync<T>(Func<CardService, Task<T>> action) => site.WithAsync(services => action(services.GetRequiredService<CardService>()));

    private async Task<string?> CheckAsync(string member, string card) => Assert.Single(await WithCardsAsync(cards => cards.CheckAsync([(member, card)])));
}

public sealed class SqliteCardTests(SqliteSite site) : CardTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlCardTests(PostgreSqlSite site) : CardTests(site), IClassFixture<PostgreSqlSite>;
