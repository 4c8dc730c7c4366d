using System.Text.Json;
using Microsoft.Extensions.Localization;
using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Makeup;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Reports;

/// <summary>Whom a session missed, one by one: not there and not in a make-up, with the reason of their point and the make-up planned for them.</summary>
internal sealed class SessionMissedReport(SiteDbContext db, SessionReportReader reader, TimeProvider clock, IStringLocalizer<Strings> T) : IReport
{
    public string Id => "session-missed";

    public string Title => T["Người chưa dự buổi tập huấn"];

    public string Description => T["Ai trong danh sách chưa dự, ở điểm cầu nào, vì sao, và đã có buổi học bù chưa?"];

    public Permission Permission => Permissions.ViewSessions;

    public ReportFilters Filters => ReportFilters.Session | ReportFilters.Unit;

    public async Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(query, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var (session, _, scope) = found.Value;
        if (session.StartUtc > clock.UtcNow() && session.State != SessionState.Closed)
        {
            return new ReportTable(T["Buổi này chưa diễn ra, nên chưa biết ai vắng."], Columns(), []);
        }

        var people = await ReadAsync(session, scope, cancellationToken);
        var planned = await ReadPlannedAsync(session, cancellationToken);
        var rows = people.ConvertAll(person => ToRow(person, planned.GetValueOrDefault(person.PersonId)));
        var points = people.Select(person => person.PointCode).Distinct().Count();
        var waiting = people.Count(person => !planned.ContainsKey(person.PersonId));
        string sentence = people.Count == 0
            ? T["Không còn ai trong danh sách chưa dự."]
            : T["{0} người ở {1} điểm cầu chưa dự; {2} người chưa được mời học bù.", people.Count.ToVietnamese(), points.ToVietnamese(), waiting.ToVietnamese()];
        return new ReportTable(sentence, Columns(), rows)
        {
            Summary = new Dictionary<string, ReportFigure>
            {
                ["people_missed"] = new(T["Người chưa dự"], people.Count),
                ["points_missed"] = new(T["Điểm cầu có người chưa dự"], points),
                ["without_makeup"] = new(T["Chưa được mời học bù"], waiting),
            },
        };
    }

    private Task<List<Person>> ReadAsync(TrainingSession session, UnitScope scope, CancellationToken cancellationToken)
    {
        // Of a make-up: whom the make-up missed, whether or not the original's others were there.
        var missed = db.Missed(session.MakeupOfId ?? session.Id);
        if (session.MakeupOfId is not null)
        {
            var still = missed.Select(invitation => invitation.PersonId);
            missed = db.Invitations.Where(invitation => invitation.SessionId == session.Id && still.Contains(invitation.PersonId));
        }

        var people =
            from invitation in missed.InScope(scope, invitation => invitation.UnitPath)
            join attendance in db.Attendances.Where(attendance => attendance.SessionId == session.Id) on invitation.PersonId equals attendance.PersonId into found
            from attendance in found.DefaultIfEmpty()
            orderby invitation.Point.Code, invitation.TeamCode, invitation.Person.SortName, invitation.Person.Code
            select new Person(
                invitation.PersonId, invitation.Point.Code, invitation.Point.Name, invitation.CommuneCode, invitation.Person.Code, invitation.Person.FullName, invitation.TeamCode, invitation.TeamName,
                attendance == null ? null : (AttendanceStatus?)attendance.Status,
                invitation.Point.State,
                invitation.Point.ReasonText ?? db.Set<AbsenceReason>().Where(reason => reason.Code == invitation.Point.ReasonCode).Select(reason => reason.Name).FirstOrDefault());
        return people.ToListAsync(cancellationToken);
    }

    /// <summary>The next make-up that invites each person.</summary>
    private async Task<Dictionary<Guid, (string Code, DateTime StartUtc)>> ReadPlannedAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        var originalId = session.MakeupOfId ?? session.Id;
        var now = clock.UtcNow();
        var invited = await db.Invitations
            .Where(invitation => invitation.Session.MakeupOfId == originalId && invitation.Session.EndUtc > now && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open))
            .OrderBy(invitation => invitation.Session.StartUtc)
            .Select(invitation => new { invitation.PersonId, invitation.Session.Code, invitation.Session.StartUtc })
            .ToListAsync(cancellationToken);
        return invited.DistinctBy(row => row.PersonId).ToDictionary(row => row.PersonId, row => (row.Code, row.StartUtc));
    }

    private ReportColumn[] Columns() =>
    [
        new("point_code", T["Mã điểm cầu"]),
        new("point_name", T["Điểm cầu"]),
        new("commune_code", T["Mã xã"]),
        new("member_code", T["Mã"]),
        new("full_name", T["Họ và tên"]),
        new("team_code", T["Mã Tổ"]),
        new("team_name", T["Tổ"]),
        new("status", T["Mã tình trạng"]),
        new("status_name", T["Tình trạng"]),
        new("point_state", T["Mã tình trạng điểm cầu"]),
        new("point_reason", T["Lý do của điểm cầu"]),
        new("makeup_code", T["Buổi học bù"]),
        new("makeup_date", T["Ngày học bù"], ReportColumnKind.Date),
    ];

    private object?[] ToRow(Person person, (string Code, DateTime StartUtc) planned)
    {
        var status = person.Status ?? AttendanceStatus.Unmarked;
        return
        [
            person.PointCode, person.PointName, person.CommuneCode, person.Member, person.Name, person.TeamCode, person.TeamName,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()), T.StatusBadge(status).Text,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(person.PointState.ToString()), person.PointReason,
            planned.Code, planned.Code is null ? null : DateOnly.FromDateTime(VietnamTime.ToLocal(planned.StartUtc)),
        ];
    }

    private sealed record Person(
        Guid PersonId, string PointCode, string PointName, string? CommuneCode, string Member, string Name, string TeamCode, string TeamName, AttendanceStatus? Status, PointState PointState, string? PointReason);
}
