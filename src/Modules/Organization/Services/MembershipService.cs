using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Events;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>
/// Takes people into teams, changes their role, ends their membership: each dated, within the actor's scope, and told to whom it concerns.
/// The team's version is what two people may not change at once.
/// </summary>
public sealed class MembershipService(SiteDbContext db, CurrentUser user, EventPublisher events, MemberIntake intake, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private readonly List<MembershipChange> _started = [];
    private readonly List<MembershipChange> _ended = [];

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
        var person = await intake.FindOrCreateAsync(team, member, faults, cancellationToken);
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
