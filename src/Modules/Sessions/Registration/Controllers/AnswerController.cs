using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.Controllers;

/// <summary>"Trả lời": who comes. Members answer for themselves, leaders and coordinators for those who cannot; organizers read all answers.</summary>
[Authorize]
[Route("sessions/{code}")]
public sealed class AnswerController(
    SiteDbContext db, SessionAccess access, AnswerAccess reach, AnswerService answers, AnswerReader reader, ClashService clashes, AnswerFile file, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    private const int PageSize = 50;

    /// <summary>The answers that the reader may see, with filters.</summary>
    [HttpGet("answers")]
    public async Task<IActionResult> Index(string code, [FromQuery] AnswerFilter filter, int page = 1, CancellationToken cancellationToken = default)
    {
        if (await FindAsStaffAsync(code, cancellationToken) is not { } session)
        {
            return NotFound();
        }

        var all = await InDistrictAsync(reach.Answerable(session), filter.District, cancellationToken);
        var (whole, districts, points) = await reader.CountAsync(session, all, cancellationToken);
        var rows = (await reader.ToRowsAsync(session, (await FilterAsync(session, all, filter, cancellationToken)).OrderBy(invitation => invitation.Person.SortName).ThenBy(invitation => invitation.Person.Code), cancellationToken)).AsNoTracking();
        return View(new AnswerListModel(session, AnswerService.IsAnswerable(session, clock.UtcNow()), whole, districts, points, await rows.ToPageAsync(page, PageSize, cancellationToken), filter));
    }

    /// <summary>The same list as a file.</summary>
    [HttpGet("answers.csv")]
    public async Task<IActionResult> Export(string code, [FromQuery] AnswerFilter filter, CancellationToken cancellationToken)
    {
        if (await FindAsStaffAsync(code, cancellationToken) is not { } session)
        {
            return NotFound();
        }

        var rows = (await FilterAsync(session, await InDistrictAsync(reach.Answerable(session), filter.District, cancellationToken), filter, cancellationToken)).AsNoTracking();
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"{session.Code}-tra-loi.csv\"";
        await file.WriteAsync(rows, Response.BodyWriter.AsStream(), cancellationToken);
        return new EmptyResult();
    }

    /// <summary>One answer, the reader's own or for a member.</summary>
    [HttpPost("answer")]
    public async Task<IActionResult> Answer(string code, AnswerForm form, CancellationToken cancellationToken)
    {
        var answered = await answers.AnswerAsync(code, form.ToInput(), cancellationToken);
        if (answered.Succeeded)
        {
            notifier.Success(await SayAsync(answered.Value, form.Member, cancellationToken));
        }
        else if (answered.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(answered.Faults);
        }
        else
        {
            notifier.Error(answered.Faults[0].Message);
        }

        return form.Back switch
        {
            "team" => RedirectToAction("Show", "TeamSeats", new { code, team = form.Team }),
            "answers" => RedirectToAction(nameof(Index), new RouteValueDictionary(ReadList(form.List)) { ["code"] = code }),
            "today" => Redirect("~/today"),
            "series" when await FindSeriesAsync(code, cancellationToken) is { } series => RedirectToAction("Show", "Series", new { code = series }),
            _ => RedirectToAction("Show", "Session", new { code }),
        };
    }

    /// <summary>Other points to come to, the nearest first.</summary>
    [HttpGet("answers/point")]
    public async Task<IActionResult> Point(string code, string? member, string? q, string? list, int page = 1, CancellationToken cancellationToken = default)
    {
        if (await access.FindToReadAsync(code, cancellationToken) is not { } session)
        {
            return NotFound();
        }

        var own = reach.PersonId;
        var mine = await (member is null ? reach.Answerable(session).Where(invitation => invitation.PersonId == own) : reach.Answerable(session).Where(invitation => invitation.Person.Code == member))
            .AsNoTracking().Include(invitation => invitation.Person).Include(invitation => invitation.Point).SingleOrDefaultAsync(cancellationToken);
        if (mine is null)
        {
            return NotFound();
        }

        var folded = VietnameseText.Fold(q ?? "");
        // "14/116/03646/": the first two parts are the district.
        var district = string.Join('/', mine.Point.Path.Split('/').Take(2)) + "/";
        var points = await db.SessionPoints.Where(point => point.SessionId == session.Id && point.Id != mine.PointId && point.ClosedUtc == null && point.State != PointState.Absent)
            .Where(point => folded.Length == 0 || (point.Unit != null && point.Unit.NameFolded.Contains(folded)) || point.Code.Contains(q!))
            .OrderBy(point => point.Path.StartsWith(district) ? 0 : 1).ThenBy(point => point.Code)
            .Select(point => new OtherPoint(point.Code, point.Name, point.Venue, point.Capacity == null ? null : point.Capacity - db.Set<Invitation>().Count(row => row.PointId == point.Id && row.Response == InvitationResponse.Confirmed)))
            .ToPageAsync(page, PageSize, cancellationToken);
        return View(new ChangePointModel(session, member, mine.Person.FullName, mine.Response, mine.Point.Name, points, q ?? "", list, AnswerService.IsAnswerable(session, clock.UtcNow())));
    }

    private async Task<string> SayAsync(Invitation invitation, string? member, CancellationToken cancellationToken)
    {
        var point = await db.SessionPoints.Where(row => row.Id == invitation.PointId).Select(row => row.Name).SingleAsync(cancellationToken);
        var name = member is null ? null : await db.People.Where(person => person.Id == invitation.PersonId).Select(person => person.FullName).SingleAsync(cancellationToken);
        return invitation.Response switch
        {
            InvitationResponse.Confirmed => name is null ? T["Đã ghi: bạn sẽ đến {0}.", point] : T["Đã ghi: {0} sẽ đến {1}.", name, point],
            InvitationResponse.Waiting => name is null ? T["Đã hết chỗ. Bạn đang ở danh sách chờ; có chỗ thì bạn được báo ngay."] : T["Đã hết chỗ. {0} đang ở danh sách chờ.", name],
            _ => name is null ? T["Đã ghi: bạn báo vắng. Bạn đổi ý được đến khi buổi tập huấn bắt đầu."] : T["Đã ghi: {0} báo vắng.", name],
        };
    }

    private Task<string?> FindSeriesAsync(string code, CancellationToken cancellationToken) =>
        db.Sessions.Where(session => session.Code == code).Join(db.TrainingSeries, session => session.SeriesId, series => series.Id, (_, series) => series.Code).SingleOrDefaultAsync(cancellationToken);

    private async Task<TrainingSession?> FindAsStaffAsync(string code, CancellationToken cancellationToken) =>
        await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code && session.State != SessionState.Draft, cancellationToken) is { } session
            && await reach.IsStaffAsync(session, cancellationToken) ? session : null;

    private async Task<IQueryable<Invitation>> InDistrictAsync(IQueryable<Invitation> invitations, string? district, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(district))
        {
            return invitations;
        }

        var paths = await db.Units.Where(unit => unit.Code == district).Select(unit => unit.Path).Distinct().ToListAsync(cancellationToken);
        return invitations.InScope(new UnitScope(paths), invitation => invitation.UnitPath);
    }

    private async Task<IQueryable<Invitation>> FilterAsync(TrainingSession session, IQueryable<Invitation> invitations, AnswerFilter filter, CancellationToken cancellationToken)
    {
        var (response, point, folded, code) = (filter.Response, filter.Point, VietnameseText.Fold(filter.Q ?? ""), (filter.Q ?? "").Trim().ToUpperInvariant());
        if (filter.Busy)
        {
            invitations = clashes.Clashing(invitations, await clashes.FindOverlappingAsync(session, cancellationToken));
        }

        return invitations
            .Where(invitation => response == null || invitation.Response == response)
            .Where(invitation => string.IsNullOrEmpty(point) || invitation.Point.Code == point)
            .Where(invitation => folded.Length == 0 || invitation.Person.FullNameFolded.Contains(folded) || invitation.Person.Code == code);
    }

    /// <summary>Filters and page of the list that somebody came from; a page of this site whatever was sent.</summary>
    private static Dictionary<string, string?> ReadList(string? query) =>
        QueryHelpers.ParseQuery(query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>Which answers of a session are wanted.</summary>
public sealed class AnswerFilter
{
    public InvitationResponse? Response { get; set; }

    /// <summary>Code of a district.</summary>
    public string? District { get; set; }

    /// <summary>Code of a point.</summary>
    public string? Point { get; set; }

    /// <summary>Part of a name, or a code.</summary>
    public string? Q { get; set; }

    /// <summary>Only those who are asked to be at another session at that time.</summary>
    public bool Busy { get; set; }
}

/// <summary>An answer as the pages send it.</summary>
public sealed class AnswerForm
{
    public bool Comes { get; set; }

    /// <summary>Code of the person it is for; null for the reader.</summary>
    public string? Member { get; set; }

    /// <summary>One of the usual reasons, or empty for other words.</summary>
    public string? Reason { get; set; }

    public string? ReasonText { get; set; }

    public string? Point { get; set; }

    /// <summary>The page to return to.</summary>
    public string? Back { get; set; }

    /// <summary>The team whose page that is.</summary>
    public string? Team { get; set; }

    /// <summary>Filters and page of the list to return to, as its address has them.</summary>
    public string? List { get; set; }

    internal AnswerInput ToInput() => new(Comes, string.IsNullOrEmpty(Member) ? null : Member, string.IsNullOrWhiteSpace(ReasonText) ? Reason : ReasonText, Point);
}

public sealed record AnswerListModel(
    TrainingSession Session, bool IsAnswerable, AnswerCounts Whole, IReadOnlyList<AnswerCounts> Districts, IReadOnlyList<AnswerCounts> Points, Page<AnswerRow> Rows, AnswerFilter Filter);

/// <summary>A point that a person could come to instead; free seats are null without a limit.</summary>
public sealed record OtherPoint(string Code, string Name, string? Venue, int? Free);

public sealed record ChangePointModel(TrainingSession Session, string? Member, string Name, InvitationResponse Response, string PointName, Page<OtherPoint> Points, string Query, string? List, bool IsAnswerable);

/// <summary>The two buttons and the reasons of one answer.</summary>
/// <param name="SessionCode">The session.</param>
/// <param name="Member">Code of the person; null for the reader.</param>
/// <param name="Name">The person's name, for labels; null for the reader.</param>
/// <param name="Response">What stands now.</param>
/// <param name="Back">The page to return to.</param>
/// <param name="Team">The team whose page that is.</param>
/// <param name="List">Filters and page of the list to return to.</param>
public sealed record AnswerButtons(string SessionCode, string? Member, string? Name, InvitationResponse Response, string? Back = null, string? Team = null, string? List = null);
