using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Site.Controllers;

/// <summary>Pages for what went wrong: they say what happened, that nothing was lost, and where to go on.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ErrorController : Controller
{
    [Route("error/{status:int}")]
    [IgnoreAntiforgeryToken]
    public IActionResult Show()
    {
        // Not bound as a parameter: when a form cannot be read, nothing is.
        var status = Convert.ToInt32(RouteData.Values["status"], CultureInfo.InvariantCulture);
        // The page is only reached by re-execution; asked for directly it is an unknown address like any other.
        var exception = HttpContext.Features.Get<IExceptionHandlerFeature>();
        var reached = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null || exception is not null;
        Response.StatusCode = StorageFailures.Of(exception?.Error) is { } failure ? StorageFailureHandler.StatusOf(failure)
            : reached ? status
            : StatusCodes.Status404NotFound;
        return View("Show", new ErrorModel(Response.StatusCode, HttpContext.TraceIdentifier));
    }
}

/// <summary>What the error page shows.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="RequestId">Under which the log has the details.</param>
public sealed record ErrorModel(int Status, string RequestId);
