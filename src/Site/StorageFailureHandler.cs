using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Site;

/// <summary>
/// A database that takes nothing is answered with 507 or 503: to programs and to scripts of pages as a problem, so that a device keeps
/// what it has and sends it again. People get the error page.
/// </summary>
internal sealed class StorageFailureHandler(IStringLocalizer<Strings> T) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (StorageFailures.Of(exception) is not { } failure || !(httpContext.Request.Path.StartsWithSegments("/api") || httpContext.Request.HasJsonContentType()))
        {
            return false;
        }

        if (httpContext.Features.Get<IRequestCultureFeature>()?.RequestCulture is { } culture)
        {
            // The reader's language was chosen further in, and forgotten on the way out.
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture.Culture, culture.UICulture);
        }

        var (code, message) = failure switch
        {
            StorageFailure.Full => ("storage_full", T["Máy chủ hết chỗ lưu nên chưa ghi gì của lần gửi này. Trên máy của bạn không mất gì: giữ nguyên đó, báo người quản trị dọn chỗ trống, rồi gửi lại."]),
            StorageFailure.Unreachable => ("storage_unreachable", T["Cơ sở dữ liệu tạm thời không trả lời. Trên máy của bạn không mất gì: giữ nguyên đó, ít phút nữa gửi lại; gửi lại không làm ghi hai lần."]),
        };
        httpContext.Response.Headers.RetryAfter = "30";
        await TypedResults.Problem(statusCode: StatusOf(failure), title: message, extensions: new Dictionary<string, object?> { ["code"] = code }).ExecuteAsync(httpContext);
        return true;
    }

    public static int StatusOf(StorageFailure failure) => failure switch
    {
        StorageFailure.Full => StatusCodes.Status507InsufficientStorage,
        StorageFailure.Unreachable => StatusCodes.Status503ServiceUnavailable,
    };
}
