using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.Sessions.Feedback;

/// <summary>"Góp ý": three marks and words from who attended; averages and words for who holds the session or teaches.</summary>
[Authorize]
[Route("sessions/{code}/feedback")]
public sealed class FeedbackController(FeedbackService feedback, FeedbackReader reader, TrainerService trainers, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Give(string code, CancellationToken cancellationToken)
    {
        var mine = await feedback.ReadMineAsync(code, cancellationToken);
        return mine.Succeeded ? View(new FeedbackGiveModel(mine.Value, FormOf(mine.Value.Given), [])) : this.Refuse(mine.Faults);
    }

    [HttpPost("")]
    public async Task<IActionResult> Give(string code, FeedbackForm form, CancellationToken cancellationToken)
    {
        var given = await feedback.GiveAsync(code, form, cancellationToken);
        if (given.Succeeded)
        {
            notifier.Success(T["Cảm ơn bạn. Góp ý đã được ghi, không kèm tên."]);
            return RedirectToAction("Show", "Session", new { code });
        }

        if (given.Faults[0].Kind == FaultKind.Invalid && await feedback.ReadMineAsync(code, cancellationToken) is { Succeeded: true } mine)
        {
            return View(new FeedbackGiveModel(mine.Value, form, given.Faults));
        }

        return this.Refuse(given.Faults);
    }

    /// <summary>What people said.</summary>
    [HttpGet("results")]
    public async Task<IActionResult> Results(string code, int page = 1, CancellationToken cancellationToken = default)
    {
        var session = await trainers.FindToTeachAsync(code, cancellationToken);
        return session.Succeeded
            ? View(new FeedbackResultsModel(
                session.Value,
                await reader.CountAsync(session.Value.Id, UnitScope.Everything, cancellationToken),
                await reader.CountPointsAsync(session.Value.Id, UnitScope.Everything, cancellationToken),
                await reader.ReadWordsAsync(session.Value.Id, page, cancellationToken)))
            : this.Refuse(session.Faults);
    }

    private static FeedbackForm FormOf(SessionFeedback? given) => given is null
        ? new()
        : new() { Understanding = given.Understanding, Guidance = given.Guidance, Organization = given.Organization, Words = given.Words };
}

public sealed record FeedbackGiveModel(FeedbackPage Page, FeedbackForm Form, IReadOnlyList<Fault> Faults);

public sealed record FeedbackResultsModel(TrainingSession Session, FeedbackFigures? Figures, IReadOnlyList<PointFeedback> Points, Page<string> Words);

/// <summary>The fields of one question with answers from 1 to 5.</summary>
public sealed record RatingField(string Name, string Question, string Lowest, string Highest, int Value);
