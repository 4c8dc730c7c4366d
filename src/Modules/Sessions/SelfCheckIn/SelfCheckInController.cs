using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>A person marks themselves: by the address in a point's QR code, or by its six letters.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("check-in")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SelfCheckInController(
    PointCodes codes, OwnAttendance own, CheckInService checkIn, GuessLimiter guesses, CurrentUser user, IDataProtectionProvider protection, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    /// <summary>How long a code that was good when it was scanned stays good for that browser: time to sign in.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private const string Cookie = "check-in";

    /// <summary>All marks that people make for themselves are of one "device": a person with two phones does not contradict themselves.</summary>
    private const string Device = "self";

    private readonly IDataProtector _opened = protection.CreateProtector("TrainingSite.Sessions.CheckIn");

    [HttpGet("")]
    [Authorize]
    public IActionResult Index() => View(new TypedCodeModel());

    /// <summary>The six letters: taken at once, because typing them is the wish.</summary>
    [HttpPost("")]
    [Authorize]
    public async Task<IActionResult> Index(string? letters, CancellationToken cancellationToken)
    {
        if (user.PersonId is not { } person)
        {
            return Again(letters, NoMember());
        }

        if (RotatingCode.ReadLetters(letters) is not { } code)
        {
            return Again(letters, T["Mã gồm 6 chữ cái, không có nguyên âm và chữ số. Hãy nhìn lại màn hình rồi gõ lại."]);
        }

        var sessions = await codes.RunningSessionsOfAsync(person, cancellationToken);
        if (sessions.Count == 0)
        {
            return Again(letters, T["Lúc này không có buổi nào của bạn đang điểm danh. Điểm danh mở từ 60 phút trước giờ học."]);
        }

        var (found, fault) = await TryAsync(code, person, sessions, cancellationToken);
        return found is { } at
            ? await RecordAsync(at.SessionCode, at.PointCode, AttendanceMethod.Code, AttendanceKind.In, message => Again(letters, message), cancellationToken)
            : Again(letters, fault!);
    }

    /// <summary>Where the QR code leads. Whoever is not signed in does so first and comes back; the code that was good then still is.</summary>
    [HttpGet("{token}")]
    [AllowAnonymous]
    public async Task<IActionResult> Open(string token, CancellationToken cancellationToken)
    {
        var (point, state) = await FindAsync(token, cancellationToken);
        if (point is null || state != TokenState.Fresh)
        {
            return Refuse(state);
        }

        if (!user.IsAuthenticated)
        {
            return Challenge();
        }

        return await own.OfAsync(point, cancellationToken) is { } mine && WhyNot(point) is null ? View(mine with { Token = token }) : Words(WhyNot(point) ?? NotInvited(point));
    }

    [HttpPost("{token}")]
    [Authorize]
    public async Task<IActionResult> Open(string token, bool leaving, CancellationToken cancellationToken)
    {
        var (point, state) = await FindAsync(token, cancellationToken);
        return point is null || state != TokenState.Fresh ? Refuse(state)
            : WhyNot(point) is { } why ? Words(why)
            : await RecordAsync(point.Session.Code, point.Code, AttendanceMethod.Self, leaving ? AttendanceKind.Out : AttendanceKind.In, Words, cancellationToken);
    }

    /// <summary>What stands in the book now: may be opened again, and shows what the coordinator changed since.</summary>
    [HttpGet("done/{session}")]
    [Authorize]
    public async Task<IActionResult> Done(string session, CancellationToken cancellationToken) =>
        await own.OfAsync(session, cancellationToken) is { } mine ? View(mine) : NotFound();

    /// <summary>Whose letters they are, as one of the person's tries; or why not.</summary>
    private async Task<((Guid Session, string SessionCode, string PointCode)? Found, string? Fault)> TryAsync(string code, Guid person, List<Guid> sessions, CancellationToken cancellationToken)
    {
        using var tried = await guesses.BeginAsync(person, sessions, cancellationToken);
        if (tried.Sessions.Count == 0)
        {
            return (null, T["Buổi này vừa có quá nhiều mã sai nên tạm ngừng nhận mã gõ. Hãy quét mã QR, hoặc nhờ người phụ trách điểm danh cho bạn."]);
        }

        if (!tried.IsAllowed)
        {
            return (null, T["Bạn đã gõ sai 5 lần. Hãy chờ 10 phút, quét mã QR, hoặc nhờ người phụ trách điểm danh cho bạn."]);
        }

        if (await codes.FindByLettersAsync(code, person, tried.Sessions, cancellationToken) is not { } found)
        {
            // Whoever breaks the line off before the answer has used the try all the same.
            return (null, T["Mã này không đúng hoặc đã đổi, nên chưa ghi gì. Mã đổi mỗi phút; hãy nhìn lại màn hình rồi gõ mã mới. Bạn còn {0} lần thử.", await guesses.WrongAsync(tried, CancellationToken.None)]);
        }

        await guesses.RightAsync(tried, cancellationToken);
        return (found, null);
    }

    private async Task<IActionResult> RecordAsync(string session, string point, AttendanceMethod method, AttendanceKind kind, Func<string, IActionResult> refuse, CancellationToken cancellationToken)
    {
        var recorded = await checkIn.RecordOwnAsync(session, point, method, Device, kind, cancellationToken);
        return !recorded.Succeeded ? refuse(recorded.Faults[0].Message)
            : recorded.Value.Outcome == EventOutcome.Rejected ? refuse(RejectionText(recorded.Value.Reason))
            : RedirectToAction(nameof(Done), new { session });
    }

    /// <summary>The token's point; a token that this browser opened in time is fresh a while longer.</summary>
    private async Task<(SessionPoint? Point, TokenState State)> FindAsync(string token, CancellationToken cancellationToken)
    {
        var (point, state) = await codes.FindAsync(token, cancellationToken);
        switch (state)
        {
            case TokenState.Fresh:
                Remember(token);
                break;
            case TokenState.Stale when OpenedInTime(token):
                return (point, TokenState.Fresh);
            case TokenState.Stale or TokenState.Invalid:
                break;
        }

        return (point, state);
    }

    private void Remember(string token) => Response.Cookies.Append(
        Cookie,
        _opened.Protect(string.Create(CultureInfo.InvariantCulture, $"{clock.UtcNow().Ticks} {token}")),
        new CookieOptions { HttpOnly = true, Secure = Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/check-in", MaxAge = Kept });

    private bool OpenedInTime(string token)
    {
        if (Request.Cookies[Cookie] is not { } kept)
        {
            return false;
        }

        try
        {
            var parts = _opened.Unprotect(kept).Split(' ', 2);
            return parts[1] == token && clock.UtcNow() - new DateTime(long.Parse(parts[0], CultureInfo.InvariantCulture), DateTimeKind.Utc) <= Kept;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Somebody else's or an altered cookie is no cookie.
            return false;
        }
    }

    private string? WhyNot(SessionPoint point) => point.Session.State switch
    {
        SessionState.Draft or SessionState.Cancelled => T["Buổi này không diễn ra, nên chưa ghi gì."].Value,
        SessionState.Closed => T["Buổi này đã đóng, nên chưa ghi gì. Nếu bạn đã có mặt, hãy báo người phụ trách điểm cầu."].Value,
        SessionState.Published when !SessionLifecycle.IsWithinWindow(point.Session, clock.UtcNow()) => T["Điểm danh mở từ {0}.", (point.Session.StartUtc - SessionLifecycle.OpensBefore).ToLongText()].Value,
        SessionState.Published or SessionState.Open => null,
    };

    private string NoMember() => T["Tài khoản của bạn chưa gắn với thành viên nào, nên chưa ghi gì. Hãy nhờ người phụ trách điểm cầu điểm danh cho bạn."];

    private string NotInvited(SessionPoint point) => user.PersonId is null ? NoMember() : T["Bạn không có trong danh sách của buổi “{0}”, nên chưa ghi gì. Hãy nhờ người phụ trách điểm cầu thêm bạn vào danh sách.", point.Session.Title];

    private string RejectionText(string? reason) => reason switch
    {
        "person_not_in_session" => T["Bạn không có trong danh sách của buổi này, nên chưa ghi gì. Hãy nhờ người phụ trách điểm cầu thêm bạn vào danh sách."],
        "session_not_open" => T["Buổi này chưa mở hoặc đã đóng, nên chưa ghi gì."],
        "sheet_closed" => T["Người phụ trách đã chốt danh sách, nên chưa ghi gì. Nếu bạn đã có mặt, hãy báo người phụ trách điểm cầu."],
        _ => T["Chưa ghi được. Hãy nhờ người phụ trách điểm cầu điểm danh cho bạn."],
    };

    private ViewResult Refuse(TokenState state) => Again(null, state == TokenState.Stale
        ? T["Mã này đã đổi, nên chưa ghi gì. Hãy quét lại mã trên màn hình, hoặc gõ 6 chữ cái vào đây."]
        : T["Mã này không đúng, nên chưa ghi gì. Hãy quét lại mã trên màn hình, hoặc gõ 6 chữ cái vào đây."]);

    private ViewResult Again(string? letters, string fault)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View(nameof(Index), new TypedCodeModel { Letters = letters, Fault = fault });
    }

    private ViewResult Words(string fault)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Refused", fault);
    }
}

/// <summary>The page for the six letters.</summary>
public sealed record TypedCodeModel
{
    /// <summary>What was typed.</summary>
    public string? Letters { get; init; }

    /// <summary>What is wrong.</summary>
    public string? Fault { get; init; }
}
