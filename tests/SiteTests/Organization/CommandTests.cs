using System.CommandLine;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Commands;

namespace TrainingSite.SiteTests.Organization;

/// <summary>The contract of the import commands: exit codes, and what is printed.</summary>
public abstract class CommandTests(SiteFixture site)
{
    private const string Head = "member_id,team_code,full_name,birth_year,role,phone,joined_on\n";

    [Fact]
    public async Task Roster_Valid_IsDone()
    {
        var (exit, text) = await RunAsync(Head + "SL-910001,T-03646,Lò Văn Lệnh,1980,Thành viên,0500999301,2023-01-01\n");

        Assert.Equal(0, exit);
        Assert.Contains("Đã ghi: thêm 1, sửa 0, giữ nguyên 0.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roster_WithAMistake_IsRefusedWithLineColumnAndWhatToDo()
    {
        var (exit, text) = await RunAsync(Head + "SL-910002,T-KHONG,Lò Văn Lệnh,1980,Thành viên,0500999302,2023-01-01\n");

        Assert.Equal(1, exit);
        Assert.Contains("Dòng 2, cột team_code: Lò Văn Lệnh: không nhập được. Không có Tổ với mã này. Nhập danh sách Tổ trước, hoặc sửa mã. (T-KHONG)", text, StringComparison.Ordinal);
        Assert.Contains("Chưa ghi gì.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roster_DryRunAsJson_PrintsTheReportAlone()
    {
        var (exit, text) = await RunAsync(Head + "SL-910003,T-03646,Lò Văn Khô,1980,Thành viên,0500999303,2023-01-01\n", "--dry-run", "--json", "--as-of", "2023-09-30");

        Assert.Equal(0, exit);
        using var report = JsonDocument.Parse(text);
        Assert.Equal(1, report.RootElement.GetProperty("totals").GetProperty("accepted").GetInt32());
        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("changes").ValueKind);
    }

    [Fact]
    public async Task Roster_WithoutFile_IsRefused() => Assert.Equal(1, (await RunLineAsync("roster", "import", "khong-co.csv")).Exit);

    [Theory]
    [InlineData("roster", "import")]
    [InlineData("roster", "import", "x.csv", "--as-of", "30/9/2023")]
    [InlineData("roster", "import", "x.csv", "--level", "district")]
    public void Line_NotUnderstood_IsAnError(params string[] line) => Assert.NotEmpty(Root().Parse(line).Errors);

    private async Task<(int Exit, string Text)> RunAsync(string list, params string[] options)
    {
        var path = Path.Combine(site.DataPath, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, list, Encoding.UTF8);
        return await RunLineAsync(["roster", "import", path, .. options]);
    }

    private Task<(int Exit, string Text)> RunLineAsync(params string[] line) => CommandLine.RunAsync(site, Commands, line);

    private RootCommand Root() => CommandLine.Root(site, Commands);

    private ICommandProvider Commands => site.Services.GetServices<ICommandProvider>().OfType<ImportCommands>().Single();
}

public sealed class SqliteOrganizationCommandTests(SqliteSite site) : CommandTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlOrganizationCommandTests(PostgreSqlSite site) : CommandTests(site), IClassFixture<PostgreSqlSite>;
