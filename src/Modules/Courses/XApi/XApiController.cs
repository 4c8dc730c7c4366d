using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Courses.XApi;

/// <summary>Learning as xAPI statements, for whoever may see it: a learning record store reads them page by page.</summary>
public sealed class XApiController(XApiStatements statements) : ApiController
{
    private const int DefaultTake = 100;

    /// <summary>Statements in the order in which they were stored, as a <c>StatementResult</c> of xAPI 1.0.3.</summary>
    /// <param name="since">Only what was stored after that time.</param>
    /// <param name="until">Only what was stored at that time or before.</param>
    /// <param name="take">How many.</param>
    /// <param name="after">Only what comes after that one, as <c>more</c> says it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [HttpGet("xapi/statements")]
    public async Task<IActionResult> List(DateTimeOffset? since, DateTimeOffset? until, int? take, string? after, CancellationToken cancellationToken)
    {
        var cursor = string.IsNullOrEmpty(after) ? null : XApiCursor.Parse(after);
        if (cursor is null && !string.IsNullOrEmpty(after))
        {
            return Problem([new("cursor_invalid", "Tham số after không đúng. Hãy dùng nguyên địa chỉ trong more của trang trước, hoặc bỏ tham số này để đọc từ đầu.", "after")]);
        }

        var size = Math.Clamp(take ?? DefaultTake, 1, MaxTake);
        var (found, next) = await statements.ReadAsync(since?.UtcDateTime, until?.UtcDateTime, cursor, size, cancellationToken);
        var query = new Dictionary<string, string?> { ["since"] = Request.Query["since"], ["until"] = Request.Query["until"], ["take"] = size.ToString(), ["after"] = next?.ToString() };
        var result = new JsonObject
        {
            ["statements"] = new JsonArray([.. found]),
            ["more"] = next is not null ? $"{Request.PathBase}{Request.Path}{QueryString.Create(query.Where(pair => !string.IsNullOrEmpty(pair.Value)))}" : "",
        };
        Response.Headers["X-Experience-API-Version"] = "1.0.3";
        return Content(result.ToJsonString(XApiStatements.Json), "application/json");
    }
}
