using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>A person to be taken into a team. Only the name is needed (R15).</summary>
/// <param name="FullName">Full name.</param>
/// <param name="Role">As what.</param>
/// <param name="From">First day.</param>
public sealed record NewMember(string FullName, TeamRole Role, DateOnly From)
{
    /// <summary>Code of a person who is known already; the other values are then not read.</summary>
    public string? PersonCode { get; init; }

    /// <summary>Phone number in any usual writing.</summary>
    public string? Phone { get; init; }

    /// <summary>Year of birth.</summary>
    public int? BirthYear { get; init; }

    /// <summary>"Nam", "Nữ" or null.</summary>
    public string? Gender { get; init; }

    /// <summary>Occupation or office.</summary>
    public string? Occupation { get; init; }

    /// <summary>Whether the person has a smartphone.</summary>
    public bool? HasSmartphone { get; init; }

    /// <summary>Take the person as a new one although the team has a namesake.</summary>
    public bool IsNamesake { get; init; }
}

/// <summary>Finds the person who is to join a team, or makes a new one: the same person is never entered twice (R9).</summary>
public sealed class MemberIntake(SiteDbContext db, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>The person whom the input means; null with a fault when there is none.</summary>
    public async Task<Person?> FindOrCreateAsync(CommunityTeam team, NewMember member, List<Fault> faults, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(member.PersonCode))
        {
            var code = member.PersonCode.Trim();
            var scope = user.ScopeOf(Permissions.ManageTeams);
            var known = await db.People.FirstOrDefaultAsync(person => person.Code == code, cancellationToken);
            if (known is null || !await db.Memberships.Where(membership => membership.PersonId == known.Id).InScope(scope, membership => membership.Team.Unit.Path).AnyAsync(cancellationToken))
            {
                faults.Add(new("person_not_found", T["Không có người mang mã “{0}” trong phạm vi của bạn. Hãy kiểm tra mã.", code], nameof(NewMember.PersonCode)));
                return null;
            }

            return known;
        }

        var person = Read(member, faults);
        if (faults.Count == 0 && await FindSameAsync(team, person, member, faults, cancellationToken) is { } same)
        {
            return same;
        }

        if (faults.Count == 0)
        {
            db.People.Add(person);
        }

        return person;
    }

    private Person Read(NewMember member, List<Fault> faults)
    {
        var name = Import.RosterValueReader.Name(member.FullName);
        if (name.Value is null)
        {
            faults.Add(new("name_invalid", T["Hãy ghi họ và tên, tối đa 100 ký tự, không có ký tự lạ."], nameof(NewMember.FullName)));
        }

        var phone = string.IsNullOrWhiteSpace(member.Phone) ? null : VietnameseText.NormalizePhone(member.Phone);
        if (phone is null && !string.IsNullOrWhiteSpace(member.Phone))
        {
            faults.Add(new("phone_invalid", T["Số điện thoại “{0}” chưa đúng: cần 10 chữ số, bắt đầu bằng 0.", member.Phone], nameof(NewMember.Phone)));
        }

        var age = clock.Today().Year - member.BirthYear;
        if (age is < 14 or > 100)
        {
            faults.Add(new("birth_year_invalid", T["Năm sinh {0} không hợp lý: thành viên từ 14 đến 100 tuổi.", member.BirthYear!.Value], nameof(NewMember.BirthYear)));
        }

        var occupation = VietnameseText.Clean(member.Occupation ?? "");
        if (occupation.Length > 200)
        {
            faults.Add(new("occupation_too_long", T["Nghề nghiệp dài quá 200 ký tự. Hãy viết ngắn hơn."], nameof(NewMember.Occupation)));
        }

        return new()
        {
            Code = PersonCode.New(),
            FullName = name.Value ?? "",
            FullNameFolded = VietnameseText.Fold(name.Value ?? ""),
            SortName = Names.SortName(name.Value ?? ""),
            Gender = member.Gender is "Nam" or "Nữ" ? member.Gender : null,
            BirthYear = member.BirthYear,
            Phone = phone,
            Occupation = occupation.Length == 0 ? null : occupation,
            HasSmartphone = member.HasSmartphone,
        };
    }

    /// <summary>The same name, year and phone is the same person (R9); a namesake in the team is asked about.</summary>
    private async Task<Person?> FindSameAsync(CommunityTeam team, Person person, NewMember member, List<Fault> faults, CancellationToken cancellationToken)
    {
        if (person.BirthYear is not null && person.Phone is not null)
        {
            var same = await db.People.Where(other => other.Phone == person.Phone && other.BirthYear == person.BirthYear && other.FullNameFolded == person.FullNameFolded).ToListAsync(cancellationToken);
            if (same.Find(other => string.Equals(other.FullName, person.FullName, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return found;
            }
        }

        var namesake = team.Memberships.FirstOrDefault(membership => membership.ValidTo is null && membership.Person.FullNameFolded == person.FullNameFolded)?.Person;
        if (namesake is not null && !member.IsNamesake)
        {
            faults.Add(new("namesake", T["Tổ đã có {0}. Nếu là người khác cùng tên, hãy đánh dấu “Là người khác cùng tên” rồi lưu lại.", namesake.FullName], nameof(NewMember.FullName), FaultKind.Conflict));
        }

        return null;
    }
}
