using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;

namespace TrainingSite.Sessions.Materials;

/// <summary>"Hỏi đáp" of a session.</summary>
[Authorize]
[Route("sessions/{code}/questions")]
public sealed class QuestionController(QuestionService questions, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string code, int page = 1, CancellationToken cancellationToken = default)
    {
        var read = await questions.ReadAsync(code, page, cancellationToken);
        return read.Succeeded ? View(read.Value) : this.Refuse(read.Faults);
    }

    [HttpPost("")]
    public async Task<IActionResult> Ask(string code, string? member, string? text, CancellationToken cancellationToken) =>
        After(await questions.AskAsync(code, member, text, cancellationToken), code, T["Đã gửi câu hỏi. Câu trả lời sẽ hiện ở đây."]);

    [HttpPost("{id:guid}/answer")]
    public async Task<IActionResult> Answer(string code, Guid id, string? text, CancellationToken cancellationToken)
    {
        var answered = await questions.AnswerAsync(code, id, text, cancellationToken);
        return After(answered, code, answered.Succeeded && await questions.IsInLibraryAsync(id, cancellationToken) ? T["Đã trả lời. Thư viện vẫn giữ câu trả lời trước: hãy sửa cả ở đó."] : T["Đã trả lời."]);
    }

    [HttpPost("{id:guid}/remove")]
    public async Task<IActionResult> Remove(string code, Guid id, CancellationToken cancellationToken) =>
        After(await questions.RemoveAsync(code, id, cancellationToken), code, T["Đã bỏ câu hỏi."]);

    private IActionResult After(Result<SessionQuestion> result, string code, string done)
    {
        if (!result.Succeeded && result.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(result.Faults);
        }

        if (result.Succeeded)
        {
            notifier.Success(done);
        }
        else
        {
            notifier.Error(result.Faults[0].Message);
        }

        return RedirectToAction(nameof(Index), new { code });
    }
}
