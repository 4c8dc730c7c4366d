using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services.Import;

namespace TrainingSite.SiteTests.Organization;

/// <summary>Lists of units, teams and members: what is written, what is refused, and why.</summary>
public abstract class ImportTests(SiteFixture site)
{
    private const string UnitHead = "code,parent_code,level,name\n";
    private const string TeamHead = "team_code,level,unit_code,unit_name,commune_code,district_code,founded_on,decision_no,member_count\n";
    private const string RosterHead = "member_id,team_code,team_level,full_name,gender,birth_year,role,occupation,phone,email,has_smartphone,joined_on,district_code,commune_code,commune_name,village_code,village_name\n";

    [Theory]
    [InlineData("X1,03646,village,", "NAME_MISSING")]
    [InlineData(",03646,village,Bản Mới", "CODE_MISSING")]
    [InlineData("../x,03646,village,Bản Mới", "CODE_INVALID")]
    [InlineData("X1,03646,hamlet,Bản Mới", "LEVEL_UNKNOWN")]
    [InlineData("X1,99999,village,Bản Mới", "PARENT_UNKNOWN")]
    [InlineData("X1,116,village,Bản Mới", "PARENT_LEVEL")]
    [InlineData("X1,,village,Bản Mới", "PARENT_LEVEL")]
    [InlineData("X1,X1,village,Bản Mới", "PARENT_LEVEL")]
    [InlineData("X1,03646,village,<b>Bản</b>", "NAME_UNSAFE")]
    [InlineData("03646,116,commune,Phường Khác", "UNIT_CHANGED")]
    public async Task Units_WithAMistake_AreRefusedWhole(string line, string code)
    {
        var report = await UnitsAsync($"{UnitHead}X0,03646,village,Bản Tốt\n{line}\n");

        Assert.Contains(report.Rows[1].Issues, issue => issue.Code == code);
        Assert.Null(report.Changes);
        Assert.False(await site.QueryAsync(db => db.Units.AnyAsync(unit => unit.Code == "X0")));
    }

    [Fact]
    public async Task Units_Twice_AreWrittenOnce()
    {
        const string list = UnitHead + "V-1,03646,village,Bản Một\nV-2,03646,village,Bản Hai\n";

        Assert.Equal(new ImportChanges(2, 0, 0), (await UnitsAsync(list)).Changes);
        Assert.Equal(new ImportChanges(0, 0, 2), (await UnitsAsync(list)).Changes);
        var unit = await site.QueryAsync(db => db.Units.SingleAsync(unit => unit.Code == "V-1"));
        Assert.Equal(("14/116/03646/V-1/", "Bản Một, Phường Chiềng Lề, Thành phố Sơn La", "ban mot"), (unit.Path, unit.FullName, unit.NameFolded));
    }

    [Fact]
    public async Task Units_OfALaterPeriod_KeepTheOldNames()
    {
        var report = await UnitsAsync(UnitHead + "14,,province,Tỉnh Sơn La\n03649,14,commune,Phường Mới\n", from: new(2025, 7, 1));

        Assert.Equal(1, report.Changes!.Created);
        var names = await site.QueryAsync(async db => (
            await db.Units.On(new(2025, 6, 30)).Where(unit => unit.Code == "03649").Select(unit => unit.Name).SingleAsync(),
            await db.Units.On(new(2025, 7, 1)).Where(unit => unit.Code == "03649").Select(unit => unit.Name).SingleAsync()));
        Assert.Equal(("Phường Tô Hiệu", "Phường Mới"), names);
    }

    [Theory]
    [InlineData("T-X,village,99999,,,,2022-01-01,1/QĐ,0", "UNIT_UNKNOWN")]
    [InlineData("T-X,village,03646-SYN-002,,,,2022-01-01,1/QĐ,0", "TEAM_SECOND")]
    [InlineData("T-03646,commune,03649,,,,2022-01-01,1/QĐ,0", "TEAM_OTHER_UNIT")]
    [InlineData("T-X,commune,03646-SYN-001,,,,2022-01-01,1/QĐ,0", "LEVEL_UNKNOWN")]
    [InlineData("T-X,village,116,,,,2022-01-01,1/QĐ,0", "LEVEL_UNKNOWN")]
    [InlineData("T-X,village,03646-SYN-001,,,,31/02/2022,1/QĐ,0", "DATE_INVALID")]
    [InlineData("T-X,village,03646-SYN-001,,,,2199-01-01,1/QĐ,0", "DATE_FUTURE")]
    public async Task Teams_WithAMistake_AreRefused(string line, string code)
    {
        var report = await TeamsAsync(TeamHead + line + "\n");

        Assert.Contains(report.Rows[0].Issues, issue => issue.Code == code);
        Assert.Null(report.Changes);
    }

    [Fact]
    public async Task Teams_WithoutDecision_StayDraftsAndCountNowhere()
    {
        await UnitsAsync(UnitHead + "V-DRAFT,03649,village,Bản Nháp\n");

        var report = await TeamsAsync(TeamHead + "T-V-DRAFT,village,V-DRAFT,,,,2022-01-01,,0\n");

        Assert.Equal(ImportOutcome.AcceptedWithWarning, report.Rows[0].Outcome);
        Assert.False(await site.QueryAsync(db => db.Teams.On(new(2023, 1, 1)).AnyAsync(team => team.Code == "T-V-DRAFT")));
    }

    [Theory]
    [InlineData("SL-900001,T-KHONG,village,Lò Văn Thử,Nam,1980,Thành viên,,,,yes,2023-01-01,,,,,", "TEAM_UNKNOWN", "team_code")]
    [InlineData("SL-900001,T-03646,commune,,Nam,1980,Thành viên,,,,yes,2023-01-01,,,,,", "NAME_MISSING", "full_name")]
    [InlineData("SL-900001,T-03646,commune,Lò Văn Thử,Nam,1980,Thành viên,,,,yes,2023-01-01,116,99999,,,", "UNIT_UNKNOWN", "commune_code")]
    [InlineData("SL-900001,T-03646,commune,Lò Văn Thử,Nam,1980,Thành viên,,,,yes,2023-01-01,116,03649,,,", "TEAM_OTHER_UNIT", "team_code")]
    [InlineData("SL-000209,T-03646,commune,Người Khác Hẳn,Nam,1955,Thành viên,,,,yes,2023-01-01,,,,,", "MEMBER_ID_TAKEN", "member_id")]
    public async Task Roster_WithARejectedRow_WritesNothing(string line, string code, string column)
    {
        var report = await RosterAsync($"{RosterHead}SL-900000,T-03646,commune,Lò Văn Tốt,Nam,1980,Thành viên,,0500999001,,yes,2023-01-01,,,,,\n{line}\n");

        Assert.Contains(report.Rows[1].Issues, issue => (issue.Code, issue.Column) == (code, column));
        Assert.Equal(3, report.Rows[1].Number);
        Assert.Null(report.Changes);
        Assert.False(await site.QueryAsync(db => db.People.AnyAsync(person => person.Code == "SL-900000")));
    }

    [Fact]
    public async Task Roster_WithMistakesInValues_KeepsThemOut()
    {
        var report = await RosterAsync(RosterHead + "SL-900010,T-03646,commune,Lò Văn Xấu,Nam,1850,Trưởng nhóm,,12345,khong-phai,yes,2023-01-01,,,,,\n");

        Assert.Equal(["BIRTH_IMPLAUSIBLE", "EMAIL_INVALID", "PHONE_INVALID", "ROLE_UNKNOWN"], report.Rows[0].Issues.Select(issue => issue.Code).Order());
        Assert.Equal(ImportOutcome.NeedsDecision, report.Rows[0].Outcome);
        Assert.Null(report.Rows[0].Values["phone"]);
        Assert.False(await site.QueryAsync(db => db.People.AnyAsync(person => person.Code == "SL-900010")));
    }

    [Fact]
    public async Task Roster_AcceptValid_WritesTheOthers()
    {
        const string list = RosterHead
            + "SL-900020,T-03649,commune,Lò Văn Ổn,Nam,1980,Thành viên,,0500999020,,yes,2023-01-01,,,,,\n"
            + "SL-900020,T-03649,commune,Lò Văn Ổn,Nam,1980,Thành viên,,0500999020,,yes,2023-01-01,,,,,\n";

        Assert.Null((await RosterAsync(list)).Changes);
        var report = await RosterAsync(list, acceptValid: true);

        Assert.Equal("DUPLICATE_IN_FILE", report.Rows[1].Issues.Single(issue => issue.Severity == ImportSeverity.Error).Code);
        Assert.Equal(new ImportChanges(1, 0, 0), report.Changes);
    }

    [Fact]
    public async Task Roster_OnePersonInTwoTeams_IsOnePersonWithTwoMemberships()
    {
        await RosterAsync(RosterHead
            + "SL-900030,T-03649,commune,Lò Văn Hai,Nam,1980,Thành viên,,0500999030,,yes,2023-01-01,,,,,\n"
            + "SL-900030,T-03649-SYN-003,village,Lò Văn Hai,Nam,1980,Thành viên,,0500999030,,yes,2023-01-01,,,,,\n");

        var teams = await site.QueryAsync(db => db.Memberships.Where(member => member.Person.Code == "SL-900030").Select(member => member.Team.Code).Order().ToListAsync());
        Assert.Equal(["T-03649", "T-03649-SYN-003"], teams);
    }

    [Fact]
    public async Task Roster_NewRole_EndsTheOldMembershipAndTellsOthers()
    {
        const string line = "SL-900040,T-03649-SYN-003,village,Lò Văn Đổi,Nam,1980,{0},,0500999040,,yes,{1},,,,,\n";
        await RosterAsync(RosterHead + string.Format(null, line, "Thành viên", "2023-01-01"));
        await RosterAsync(RosterHead + string.Format(null, line, "Cộng tác viên", "2024-02-01"));

        var history = await site.QueryAsync(db => db.Memberships.Where(member => member.Person.Code == "SL-900040").OrderBy(member => member.ValidFrom)
            .Select(member => new { member.Role, member.ValidFrom, member.ValidTo }).ToListAsync());
        Assert.Equal([(TeamRole.Member, new DateOnly(2023, 1, 1), (DateOnly?)new DateOnly(2024, 2, 1)), (TeamRole.Collaborator, new(2024, 2, 1), null)], history.Select(row => (row.Role, row.ValidFrom, row.ValidTo)));
    }

    [Fact]
    public async Task Roster_SomebodyWhoLeft_IsNotBroughtBackByAnOldList()
    {
        const string list = RosterHead + "SL-900050,T-03649-SYN-003,village,Lò Văn Rời,Nam,1980,Thành viên,,0500999050,,yes,2023-01-01,,,,,\n";
        await RosterAsync(list);
        await site.QueryAsync(db => db.Memberships.Where(member => member.Person.Code == "SL-900050").ExecuteUpdateAsync(set => set.SetProperty(member => member.ValidTo, new DateOnly(2024, 1, 1))));

        var report = await RosterAsync(list);

        Assert.Contains(report.Rows[0].Issues, issue => issue.Code == "MEMBERSHIP_ENDED");
        Assert.Equal(1, await site.QueryAsync(db => db.Memberships.CountAsync(member => member.Person.Code == "SL-900050")));
    }

    [Fact]
    public async Task Roster_EmptyCell_NeverTakesAwayWhatIsKnown()
    {
        await RosterAsync(RosterHead + "SL-900060,T-03649-SYN-003,village,Lò Văn Giữ,Nam,1980,Thành viên,Nông dân,0500999060,,yes,2023-01-01,,,,,\n");
        var report = await RosterAsync(RosterHead + "SL-900060,T-03649-SYN-003,village,Lò Văn Giữ,,,Thành viên,Giáo viên,,,,2023-01-01,,,,,\n");

        Assert.Equal(new ImportChanges(0, 1, 1), report.Changes);
        var person = await site.QueryAsync(db => db.People.SingleAsync(person => person.Code == "SL-900060"));
        Assert.Equal(("+84500999060", 1980, "Giáo viên", 1), (person.Phone, person.BirthYear, person.Occupation, person.Version));
    }

    [Fact]
    public async Task Roster_OutsideTheScope_IsRejected()
    {
        var report = await site.WithAsync(services => services.GetRequiredService<RosterImporter>().ImportAsync(
            Bytes(RosterHead + "SL-900070,T-03649,commune,Lò Văn Xa,Nam,1980,Thành viên,,,,yes,2023-01-01,,,,,\n"),
            new("x.csv", new(2023, 9, 30)) { Scope = new(["14/116/03646/"]) }));

        Assert.Contains(report.Rows[0].Issues, issue => issue.Code == "UNIT_OUT_OF_SCOPE");
    }

    [Theory]
    [InlineData("UEsDBBQAAAAIAA==", "FILE_NOT_CSV")]
    [InlineData("JVBERi0xLjc=", "FILE_NOT_CSV")]
    [InlineData("AAECAwQF", "FILE_NOT_CSV")]
    [InlineData("", "FILE_EMPTY")]
    [InlineData("/v///Pv6+fj39v/+//z7+vn49/b//v/8+/r5", "FILE_ENCODING")]
    [InlineData("eGluIGNow6BvCmLhuqFu", "HEADER_MISSING")]
    [InlineData("77++CuG6rwo=", "HEADER_MISSING")]
    public async Task File_ThatIsNoList_IsRefusedWithAReason(string base64, string code)
    {
        var report = await site.WithAsync(services => services.GetRequiredService<RosterImporter>().ImportAsync(Convert.FromBase64String(base64), new("x.csv", new(2023, 9, 30))));

        Assert.Contains(report.Container.Issues, issue => issue.Code == code);
        Assert.True(report.IsUnreadable);
        Assert.Null(report.Changes);
    }

    [Fact]
    public async Task File_InAnUnknownEncoding_IsRefusedWithAReason()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes("member_id,team_code,full_name\n"), .. Enumerable.Repeat((byte)0x81, 200)];

        var report = await site.WithAsync(services => services.GetRequiredService<RosterImporter>().ImportAsync(bytes, new("x.csv", new(2023, 9, 30))));

        Assert.Contains(report.Container.Issues, issue => issue.Code == "FILE_ENCODING");
    }

    [Fact]
    public async Task Issues_EachHaveASentenceOfTheirOwn() => await site.WithAsync(services =>
    {
        var texts = services.GetRequiredService<ImportTexts>();
        Assert.All(ImportIssues.Codes, code => Assert.NotEqual(code, texts.Explain(new(code))));
        return Task.FromResult(true);
    });

    private Task<ImportReport> UnitsAsync(string list, DateOnly? from = null) =>
        site.WithAsync(services => services.GetRequiredService<UnitImporter>().ImportAsync(Bytes(list), new("units.csv") { ValidFrom = from }));

    private Task<ImportReport> TeamsAsync(string list) => site.WithAsync(services => services.GetRequiredService<TeamImporter>().ImportAsync(Bytes(list), new("teams.csv")));

    private Task<ImportReport> RosterAsync(string list, bool acceptValid = false) =>
        site.WithAsync(services => services.GetRequiredService<RosterImporter>().ImportAsync(Bytes(list), new("roster.csv", new(2023, 9, 30)) { AcceptValid = acceptValid }));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

public sealed class SqliteImportTests(SqliteSite site) : ImportTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlImportTests(PostgreSqlSite site) : ImportTests(site), IClassFixture<PostgreSqlSite>;
