using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Events;
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

/// <summary>
/// Takes people into teams, changes their role, ends their membership: each dated, within the actor's scope, and told to whom it concerns.
/// The team's version is what two people may not change at once.
/// </summary>
public sealed class MembershipService(SiteDbContext db, CurrentUser user, EventPublisher events, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Takes a person into a team.</summary>
    /// <param name="teamCode">Code of the team.</param>
    /// <param name="version">The team's version that the actor saw.</param>
    /// <param name="member">Who, as what, from when.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<Person>> AddAsync(string teamCode, int version, NewMember member, CancellationToken cancellationToken = default)
    {
        if (await FindTeamAsync(teamCode, version, cancellationToken) is not { } team)
        {
            return TeamNotFound(teamCode);
        }

        var faults = CheckDay(team, member.From, nameof(NewMember.From));
        var person = await FindOrCreateAsync(team, member, faults, cancellationToken);
        if (person is not null && team.Memberships.Any(membership => membership.PersonId == person.Id && membership.ValidTo is null))
        {
            faults.Add(new("already_member", T["{0} đã ở trong Tổ này. Nếu muốn đổi vai trò, hãy bấm vào tên người đó.", person.FullName], nameof(NewMember.FullName), FaultKind.Conflict));
        }
        else if (person is not null && team.Memberships.Any(membership => membership.PersonId == person.Id && membership.ValidTo > member.From))
        {
            faults.Add(new("joined_before_left", T["{0} đã ở trong Tổ này đến một ngày sau ngày bạn chọn. Hãy chọn ngày muộn hơn.", person.FullName], nameof(NewMember.From)));
        }

        CheckLeader(team, member.Role, null, faults);
        if (faults.Count > 0)
        {
            return faults;
        }

        Start(team, person!, member.Role, member.From);
        return await SaveAsync(team, person!, cancellationToken);
    }

    /// <summary>Gives a member another role from a day on: the old membership ends, a new one begins, so that the past stays.</summary>
    public async Task<Result<Person>> ChangeRoleAsync(string teamCode, int version, Guid membershipId, TeamRole role, DateOnly from, CancellationToken cancellationToken = default)
    {
        if (await FindTeamAsync(teamCode, version, cancellationToken) is not { } team)
        {
            return TeamNotFound(teamCode);
        }

        if (team.Memberships.FirstOrDefault(membership => membership.Id == membershipId && membership.ValidTo is null) is not { } current)
        {
            return NotMember();
        }

        var faults = CheckDay(team, from, "From");
        CheckNotBeforeStart(current, from, faults);
        CheckLeader(team, role, current, faults);
        if (faults.Count > 0)
        {
            return faults;
        }

        if (current.Role == role)
        {
            return current.Person;
        }

        if (current.ValidFrom == from)
        {
            // Corrected on the day that it began: there is no past to keep.
            current.Role = role;
        }
        else
        {
            End(current, from);
            Start(team, current.Person, role, from);
        }

        return await SaveAsync(team, current.Person, cancellationToken);
    }

    /// <summary>Ends a membership; the person stays known, and what is past stays as it was.</summary>
    public async Task<Result<Person>> EndAsync(string teamCode, int version, Guid membershipId, DateOnly on, CancellationToken cancellationToken = default)
    {
        if (await FindTeamAsync(teamCode, version, cancellationToken) is not { } team)
        {
            return TeamNotFound(teamCode);
        }

        if (team.Memberships.FirstOrDefault(membership => membership.Id == membershipId && membership.ValidTo is null) is not { } current)
        {
            return NotMember();
        }

        var faults = CheckDay(team, on, "On");
        CheckNotBeforeStart(current, on, faults);
        if (faults.Count > 0)
        {
            return faults;
        }

        End(current, on);
        return await SaveAsync(team, current.Person, cancellationToken);
    }

    private readonly List<MembershipChange> _started = [];
    private readonly List<MembershipChange> _ended = [];

    private void Start(CommunityTeam team, Person person, TeamRole role, DateOnly from)
    {
        var membership = new Membership { PersonId = person.Id, TeamId = team.Id, Role = role, ValidFrom = from };
        db.Memberships.Add(membership);
        _started.Add(new(membership.Id, person.Id, team.Id, role, from));
    }

    private void End(Membership membership, DateOnly on)
    {
        membership.ValidTo = on;
        _ended.Add(new(membership.Id, membership.PersonId, membership.TeamId, membership.Role, on));
    }

    private async Task<Result<Person>> SaveAsync(CommunityTeam team, Person person, CancellationToken cancellationToken)
    {
        // The team's row changes with its members, so that whoever saw the old list is told.
        db.Entry(team).State = EntityState.Modified;
        if (_ended.Count > 0)
        {
            await events.PublishAsync(new MembershipEnded([.. _ended]), cancellationToken);
        }

        if (_started.Count > 0)
        {
            await events.PublishAsync(new MembershipStarted([.. _started]), cancellationToken);
        }

        _started.Clear();
        _ended.Clear();
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return person;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Fault("team_changed", T["Người khác vừa cập nhật {0}, nên chưa ghi thay đổi của bạn. Hãy xem lại danh sách rồi làm lại.", team.Name], Kind: FaultKind.Conflict);
        }
    }

    private async Task<CommunityTeam?> FindTeamAsync(string code, int version, CancellationToken cancellationToken)
    {
        var team = await db.Teams.InScope(user.ScopeOf(Permissions.ManageTeams), team => team.Unit.Path)
            .Include(team => team.Unit).Include(team => team.Memberships).ThenInclude(membership => membership.Person)
            .AsSplitQuery()
            .SingleOrDefaultAsync(team => team.Code == code, cancellationToken);
        if (team is not null)
        {
            db.Entry(team).Property(row => row.Version).OriginalValue = version;
        }

        return team;
    }

    private async Task<Person?> FindOrCreateAsync(CommunityTeam team, NewMember member, List<Fault> faults, CancellationToken cancellationToken)
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

    /// <summary>One leader a team (R7).</summary>
    private void CheckLeader(CommunityTeam team, TeamRole role, Membership? current, List<Fault> faults)
    {
        var leader = team.Memberships.FirstOrDefault(membership => membership.Role == TeamRole.Leader && membership.ValidTo is null && membership != current);
        if (role == TeamRole.Leader && leader is not null)
        {
            faults.Add(new("second_leader", T["Tổ đã có Tổ trưởng là {0}. Hãy đổi vai trò của người đó trước.", leader.Person.FullName], nameof(NewMember.Role), FaultKind.Conflict));
        }
    }

    private List<Fault> CheckDay(CommunityTeam team, DateOnly day, string field)
    {
        if (day > clock.Today())
        {
            return [new("day_in_future", T["Ngày {0} còn ở tương lai. Hãy chọn hôm nay hoặc ngày đã qua.", day.ToDateText()], field)];
        }

        return day < team.ValidFrom ? [new("day_before_team", T["Tổ thành lập ngày {0}. Hãy chọn từ ngày đó.", team.ValidFrom.ToDateText()], field)] : [];
    }

    private void CheckNotBeforeStart(Membership membership, DateOnly day, List<Fault> faults)
    {
        if (day < membership.ValidFrom)
        {
            faults.Add(new("day_before_start", T["{0} giữ vai trò này từ ngày {1}. Hãy chọn từ ngày đó.", membership.Person.FullName, membership.ValidFrom.ToDateText()], "On"));
        }
    }

    private Fault TeamNotFound(string code) => new("team_not_found", T["Không có Tổ mã “{0}” trong phạm vi của bạn.", code], Kind: FaultKind.NotFound);

    private Fault NotMember() => new("not_member", T["Người này không còn ở trong Tổ. Hãy tải lại trang."], Kind: FaultKind.Conflict);
}
