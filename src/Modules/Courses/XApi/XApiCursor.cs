using System.Globalization;

namespace TrainingSite.Courses.XApi;

/// <summary>The last statement that a store has: when it was stored, about whom, of what. What comes or goes meanwhile moves nothing, as a number of rows would.</summary>
internal sealed record XApiCursor(DateTime StoredUtc, Guid PersonId, Guid Key)
{
    /// <summary>As it stands in addresses.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{StoredUtc.Ticks}-{PersonId:N}-{Key:N}");

    /// <summary>Reads it; null when the text is none.</summary>
    public static XApiCursor? Parse(string text) =>
        text.Split('-') is [var ticks, var person, var key]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var stored) && stored <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(person, "N", out var personId) && Guid.TryParseExact(key, "N", out var keyId)
            ? new(new(stored, DateTimeKind.Utc), personId, keyId)
            : null;
}
