using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;

namespace TrainingSite.Sessions.Budget;

/// <summary>"Kinh phí, thiết bị" of a session and of its points. Without a point's code: of the session as a whole.</summary>
[Authorize]
public sealed class BudgetController(BudgetService budget, BudgetReader reader, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("sessions/{code}/budget")]
    [HttpGet("sessions/{code}/points/{point}/budget")]
    public async Task<IActionResult> Show(string code, string? point, int page = 1, CancellationToken cancellationToken = default)
    {
        var place = await budget.FindAsync(code, point, cancellationToken);
        if (!place.Succeeded)
        {
            return this.Refuse(place.Faults);
        }

        var model = await reader.ReadAsync(place.Value, cancellationToken);
        return place.Value.Point is not null
            ? View("Point", model)
            : View("Session", new SessionBudgetModel(model, await reader.ReadPointsAsync(place.Value.Session.Id, page, cancellationToken), await reader.SumAsync(place.Value.Session.Id, cancellationToken)));
    }

    [HttpPost("sessions/{code}/budget/lines")]
    [HttpPost("sessions/{code}/points/{point}/budget/lines")]
    public async Task<IActionResult> AddLine(string code, string? point, BudgetLineForm form, CancellationToken cancellationToken) =>
        After(ModelState.IsValid ? await budget.AddLineAsync(code, point, form, cancellationToken) : new Fault("amount_invalid", T["Số tiền và số lượng chỉ gồm chữ số, không có dấu chấm."]), code, point, T["Đã ghi khoản chi."]);

    [HttpPost("sessions/{code}/budget/lines/{id:guid}/remove")]
    [HttpPost("sessions/{code}/points/{point}/budget/lines/{id:guid}/remove")]
    public async Task<IActionResult> RemoveLine(string code, string? point, Guid id, CancellationToken cancellationToken) =>
        After(await budget.RemoveLineAsync(code, point, id, cancellationToken), code, point, T["Đã bỏ khoản chi."]);

    [HttpPost("sessions/{code}/points/{point}/budget/equipment")]
    public async Task<IActionResult> AddEquipment(string code, string point, string? name, int? quantity, CancellationToken cancellationToken) =>
        After(ModelState.IsValid ? await budget.AddEquipmentAsync(code, point, name, quantity, cancellationToken) : new Fault("quantity_invalid", T["Số tiền và số lượng chỉ gồm chữ số, không có dấu chấm."]), code, point, T["Đã ghi thiết bị."]);

    [HttpPost("sessions/{code}/points/{point}/budget/equipment/{id:guid}/ready")]
    public async Task<IActionResult> Ready(string code, string point, Guid id, bool ready, CancellationToken cancellationToken) =>
        After(await budget.SetReadyAsync(code, point, id, ready, cancellationToken), code, point, ready ? T["Đã ghi: thiết bị sẵn sàng."] : T["Đã ghi: thiết bị chưa sẵn sàng."]);

    [HttpPost("sessions/{code}/points/{point}/budget/equipment/{id:guid}/remove")]
    public async Task<IActionResult> RemoveEquipment(string code, string point, Guid id, CancellationToken cancellationToken) =>
        After(await budget.RemoveEquipmentAsync(code, point, id, cancellationToken), code, point, T["Đã bỏ thiết bị."]);

    private IActionResult After(Result<BudgetPlace> result, string code, string? point, string done)
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

        return Redirect(point is null ? $"~/sessions/{Uri.EscapeDataString(code)}/budget" : $"~/sessions/{Uri.EscapeDataString(code)}/points/{Uri.EscapeDataString(point)}/budget");
    }
}
