using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Kernel;

/// <summary>
/// Base of all controllers under <c>/api/v1</c>: bearer token, JSON in snake_case, RFC 9457 problems, lists as <c>{items, next}</c>.
/// </summary>
[ApiController]
[Route("api/v1")]
[Authorize(AuthenticationSchemes = Scheme)]
// A browser never sends a bearer token by itself, so there is nothing to forge.
[IgnoreAntiforgeryToken]
public abstract class ApiController : ControllerBase
{
    /// <summary>Authentication scheme of bearer tokens.</summary>
    public const string Scheme = "Bearer";

    /// <summary>Most rows that one answer holds.</summary>
    protected const int MaxTake = 1000;

    /// <summary>The faults as a problem: the first decides status and title, all stand in <c>errors</c>.</summary>
    protected ObjectResult Problem(IReadOnlyList<Fault> faults)
    {
        var status = faults[0].Kind switch
        {
            FaultKind.Invalid => StatusCodes.Status400BadRequest,
            FaultKind.Forbidden => StatusCodes.Status403Forbidden,
            FaultKind.NotFound => StatusCodes.Status404NotFound,
            FaultKind.Conflict => StatusCodes.Status409Conflict,
        };
        var problem = ProblemDetailsFactory.CreateProblemDetails(HttpContext, status, title: faults[0].Message, detail: string.Join("\n", faults.Select(fault => fault.Message)));
        problem.Extensions["code"] = faults[0].Code;
        problem.Extensions["errors"] = faults.Select(fault => new { code = fault.Code, field = fault.Field, message = fault.Message }).ToArray();
        return new ObjectResult(problem) { StatusCode = status, ContentTypes = { "application/problem+json" } };
    }

    /// <summary>One slice of an ordered query, with the address of the next one.</summary>
    /// <param name="query">Ordered, projected to what the answer holds.</param>
    /// <param name="take">Rows wanted; between 1 and <see cref="MaxTake"/>.</param>
    /// <param name="skip">Rows to leave out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    protected async Task<ApiList<T>> ListAsync<T>(IQueryable<T> query, int? take, int? skip, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(take ?? 100, 1, MaxTake);
        var start = Math.Max(0, skip ?? 0);
        var rows = await query.Skip(start).Take(size + 1).ToListAsync(cancellationToken);
        var next = rows.Count > size ? NextAddress(size, start + size) : null;
        return new(rows.Count > size ? rows.GetRange(0, size) : rows, next);
    }

    private string NextAddress(int take, int skip)
    {
        var query = Request.Query.Where(pair => pair.Key is not ("take" or "skip")).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        return $"{Request.Scheme}://{Request.Host}{Request.PathBase}{Request.Path}"
            + QueryString.Create(query.Append(new("take", take.ToString())).Append(new("skip", skip.ToString())));
    }
}

/// <summary>A list in the API.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">Address of the next slice; null at the end.</param>
public sealed record ApiList<T>(IReadOnlyList<T> Items, string? Next);
