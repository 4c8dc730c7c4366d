using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;

namespace TrainingSite.Kernel;

/// <summary>Vietnamese first, English second. The Vietnamese text stands in the code and is the key of the English resource.</summary>
public static class Languages
{
    /// <summary>Takes the reader's choice from the cookie that the language link sets, else Vietnamese.</summary>
    public static RequestLocalizationOptions Options { get; } = new()
    {
        DefaultRequestCulture = new("vi-VN"),
        SupportedCultures = [CultureInfo.GetCultureInfo("vi-VN")],
        SupportedUICultures = [CultureInfo.GetCultureInfo("vi-VN"), CultureInfo.GetCultureInfo("en")],
        RequestCultureProviders = [new CookieRequestCultureProvider()],
    };
}
