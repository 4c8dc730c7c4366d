using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>Which office usually goes with a role (R8). It advises; nobody is refused.</summary>
public sealed class OfficeAdvice(IOptions<OrganizationOptions> options, Words words, IStringLocalizer<Strings> T)
{
    /// <summary>"Tổ trưởng thường là Bí thư Đoàn Thanh niên." for each role of a team of that level that has a usual office.</summary>
    public IEnumerable<string> Usual(UnitLevel level) => Enum.GetValues<TeamRole>()
        .Select(role => (Role: role, Offices: Offices(level, role)))
        .Where(pair => pair.Offices.Length > 0)
        .Select(pair => T["{0} thường là {1}.", words.Of(pair.Role), string.Join(", ", pair.Offices)].Value);

    /// <summary>What to consider when someone of another office takes the role; null when the office is usual, unknown, or none is suggested.</summary>
    public string? Of(UnitLevel level, TeamRole role, Person person)
    {
        var offices = Offices(level, role);
        return offices.Length == 0 || string.IsNullOrWhiteSpace(person.Occupation) || IsOneOf(offices, person.Occupation)
            ? null
            : T["{0} thường là {1}; {2} là {3}. Đã lưu như bạn chọn.", words.Of(role), string.Join(", ", offices), person.FullName, person.Occupation].Value;
    }

    private string[] Offices(UnitLevel level, TeamRole role) => options.Value.SuggestedOffices.GetValueOrDefault($"{level}{role}", []);

    private static bool IsOneOf(string[] offices, string occupation)
    {
        var folded = VietnameseText.Fold(occupation);
        return offices.Any(office => folded.Contains(VietnameseText.Fold(office), StringComparison.Ordinal));
    }
}
