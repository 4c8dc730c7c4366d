using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>The screen of a point: the code of the minute, for a projector or a coordinator's phone.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("sessions/{code}/points/{point}/code")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PointCodeController(SessionAccess access, PointCodes codes, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    /// <summary>A screen holds so many minutes ahead, so that a short cut of the line does not stop it.</summary>
    private const int Ahead = 6;

    [HttpGet("")]
    public async Task<IActionResult> Show(string code, string point, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        var closed = WhyNone(found.Value);
        var shown = closed is null ? (await codes.NextAsync(found.Value.Id, 1, cancellationToken))[0] : null;
        return View(new PointCodeModel(found.Value, closed, shown, AddressOf(shown?.Token), shown is null ? 60 : (int)Math.Ceiling((shown.UntilUtc - clock.UtcNow()).TotalSeconds))
        {
            Now = Milliseconds(clock.UtcNow()),
            Until = shown is null ? null : Milliseconds(shown.UntilUtc),
        });
    }

    /// <summary>The codes of the next minutes and the server's time, by which the page counts.</summary>
    [HttpGet("next")]
    public async Task<IActionResult> Next(string code, string point, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        var next = WhyNone(found.Value) is null ? await codes.NextAsync(found.Value.Id, Ahead, cancellationToken) : [];
        return Json(new
        {
            now = Milliseconds(clock.UtcNow()),
            codes = next.Select(shown => new { shown.Letters, from = Milliseconds(shown.FromUtc), until = Milliseconds(shown.UntilUtc), qr = QrSvg.Draw(AddressOf(shown.Token)!, T["Mã QR để điểm danh"]).ToString() }),
        });
    }

    private string? AddressOf(string? token) => token is null ? null : Url.Action(nameof(SelfCheckInController.Open), "SelfCheckIn", new { token }, Request.Scheme);

    private string? WhyNone(SessionPoint point) => point.Session.State switch
    {
        SessionState.Draft => T["Buổi này chưa phát hành nên chưa điểm danh."].Value,
        SessionState.Cancelled => T["Buổi này đã hủy: {0}", point.Session.Reason ?? ""].Value,
        SessionState.Closed => T["Buổi này đã đóng ({0}), mã không còn dùng.", point.Session.ClosedUtc?.ToLongText() ?? ""].Value,
        SessionState.Published when !SessionLifecycle.IsWithinWindow(point.Session, clock.UtcNow()) => T["Mã hiện ở đây từ {0}.", (point.Session.StartUtc - SessionLifecycle.OpensBefore).ToLongText()].Value,
        _ when point.ClosedUtc is { } closed => T["{0} đã chốt danh sách: {1}.", point.ClosedBy ?? "", closed.ToLongText()].Value,
        _ => null,
    };

    private static long Milliseconds(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalMilliseconds;
}

/// <summary>The screen of a point.</summary>
/// <param name="Point">The point with its session.</param>
/// <param name="ClosedBecause">Why there is no code; null while there is.</param>
/// <param name="Code">The code of the minute.</param>
/// <param name="Address">Where the QR code leads.</param>
/// <param name="Seconds">How long it is shown.</param>
public sealed record PointCodeModel(SessionPoint Point, string? ClosedBecause, ShownCode? Code, string? Address, int Seconds)
{
    /// <summary>The server's time, for the page's script.</summary>
    public long Now { get; init; }

    /// <summary>Until when the code is shown.</summary>
    public long? Until { get; init; }
}
