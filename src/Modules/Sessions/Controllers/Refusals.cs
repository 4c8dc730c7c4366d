using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Sessions.Controllers;

/// <summary>Faults as pages: the error page of the fault's kind.</summary>
internal static class Refusals
{
    public static StatusCodeResult Refuse(this Controller controller, IReadOnlyList<Fault> faults) => controller.StatusCode(StatusOf(faults[0]));

    public static int StatusOf(Fault fault) => fault.Kind switch
    {
        FaultKind.Invalid => StatusCodes.Status400BadRequest,
        FaultKind.Forbidden => StatusCodes.Status403Forbidden,
        FaultKind.NotFound => StatusCodes.Status404NotFound,
        FaultKind.Conflict => StatusCodes.Status409Conflict,
    };
}
