using System.Globalization;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Library.Templates;

/// <summary>What stands in the fields of a template.</summary>
/// <param name="Fields">Value by name: <c>ten_don_vi</c>.</param>
/// <param name="Lists">Rows by list, each with its values: a row of a table with <c>{{phan.ten}}</c> comes once for each row of <c>phan</c>.</param>
public sealed record TemplateData(IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> Lists);

/// <summary>Reads what a unit was on a day: its figures, its team, what is below it (R57).</summary>
public sealed class TemplateDataSource(SiteDbContext db, UnitCounter counter)
{
    /// <summary>What is not known is left to be written by hand.</summary>
    private const string Blank = "……………";

    private const int MostParts = 500;

    /// <summary>Reads, as far as the scope reaches.</summary>
    public async Task<TemplateData> ReadAsync(AdministrativeUnit unit, DateOnly day, UnitScope scope, CancellationToken cancellationToken)
    {
        var counts = await counter.CountAsync(unit, day, scope, cancellationToken);
        var above = await db.Units.AsNoTracking().Where(row => row.Id == unit.ParentId).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken);
        var team = await db.Teams.AsNoTracking().On(day).FirstOrDefaultAsync(row => row.UnitId == unit.Id, cancellationToken);
        var members = team is null ? [] : await MembersAsync(team.Id, day, cancellationToken);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ten_don_vi"] = unit.Name,
            ["ten_don_vi_hoa"] = unit.Name.ToUpper(CultureInfo.GetCultureInfo("vi-VN")),
            ["ten_don_vi_day_du"] = unit.FullName,
            ["don_vi_cap_tren"] = above ?? Blank,
            ["ngay"] = day.ToDateText(),
            ["ngay_viet"] = $"ngày {day:dd} tháng {day:MM} năm {day.Year}",
            ["nam"] = Number(day.Year),
            ["nam_sau"] = Number(day.Year + 1),
            ["quy"] = Number(((day.Month - 1) / 3) + 1),
            ["so_to"] = counts.Total.Teams.ToVietnamese(),
            ["so_to_cap_xa"] = counts.Total.CommuneTeams.ToVietnamese(),
            ["so_to_thon"] = counts.Total.VillageTeams.ToVietnamese(),
            ["so_thanh_vien"] = counts.Total.Members.ToVietnamese(),
            ["so_nguoi"] = counts.People.ToVietnamese(),
            ["so_xa"] = counts.Total.Communes.ToVietnamese(),
            ["so_thon"] = counts.Total.Villages.ToVietnamese(),
            ["so_thon_chua_co_to"] = counts.Total.VillagesWithoutTeam.ToVietnamese(),
            ["ten_to"] = team?.Name ?? Blank,
            ["so_quyet_dinh"] = team?.DecisionNumber ?? Blank,
            ["ngay_quyet_dinh"] = team?.ValidFrom.ToDateText() ?? Blank,
            ["nguoi_ky"] = team?.DecisionSigner ?? Blank,
            ["to_truong"] = members.Find(member => member.Role == TeamRole.Leader)?.Name ?? Blank,
            ["to_pho"] = string.Join(", ", members.Where(member => member.Role == TeamRole.Deputy).Select(member => member.Name).DefaultIfEmpty(Blank)),
        };
        return new(fields, new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>>(StringComparer.Ordinal)
        {
            ["thanh_vien"] = [.. members.Select((member, at) => Row(at, ("ho_ten", member.Name), ("vai_tro", RoleOf(member.Role)), ("chuc_vu", member.Occupation ?? "")))],
            ["phan"] = [.. counts.Parts.Take(MostParts).Select((part, at) => Row(at, ("ten", part.Unit.Name), ("so_to", part.Teams.ToVietnamese()), ("so_thanh_vien", part.Members.ToVietnamese()), ("so_thon", part.Villages.ToVietnamese())))],
        });
    }

    private async Task<List<TemplateMember>> MembersAsync(Guid team, DateOnly day, CancellationToken cancellationToken)
    {
        var members = await db.Memberships.AsNoTracking().On(day).Where(row => row.TeamId == team && row.Role != TeamRole.Collaborator)
            .OrderBy(row => row.Person.SortName).Select(row => new TemplateMember(row.Person.FullName, row.Role, row.Person.Occupation)).ToListAsync(cancellationToken);
        return [.. members.OrderBy(member => member.Role)];
    }

    private static Dictionary<string, string> Row(int at, params (string Name, string Value)[] cells)
    {
        var row = cells.ToDictionary(cell => cell.Name, cell => cell.Value, StringComparer.Ordinal);
        row["stt"] = Number(at + 1);
        return row;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // The papers are Vietnamese, whatever language the reader has the site in.
    private static string RoleOf(TeamRole role) => role switch
    {
        TeamRole.Leader => "Tổ trưởng",
        TeamRole.Deputy => "Tổ phó",
        TeamRole.Member => "Thành viên",
        TeamRole.Collaborator => "Cộng tác viên",
    };

    private sealed record TemplateMember(string Name, TeamRole Role, string? Occupation);
}
