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
    /// <param name="skip">How many to leave out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [HttpGet("xapi/statements")]
    public async Task<ContentResult> List(DateTimeOffset? since, DateTimeOffset? until, int? take, int? skip, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(take ?? DefaultTake, 1, MaxTake);
        var start = Math.Max(0, skip ?? 0);
        var found = await statements.ReadAsync(since?.UtcDateTime, until?.UtcDateTime, start, size + 1, cancellationToken);
        var query = new Dictionary<string, string?> { ["since"] = Request.Query["since"], ["until"] = Request.Query["until"], ["take"] = size.ToString(), ["skip"] = (start + size).ToString() };
        var result = new JsonObject
        {
            ["statements"] = new JsonArray([.. found.Take(size)]),
            ["more"] = found.Count > size ? $"{Request.PathBase}{Request.Path}{QueryString.Create(query.Where(pair => !string.IsNullOrEmpty(pair.Value)))}" : "",
        };
        Response.Headers["X-Experience-API-Version"] = "1.0.3";
        return Content(result.ToJsonString(XApiStatements.Json), "application/json");
    }
}
