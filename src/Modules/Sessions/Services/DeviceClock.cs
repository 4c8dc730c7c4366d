using System.Globalization;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Sessions.Services;

/// <summary>
/// Puts right the times of a device whose clock is wrong: it tells what its clock says while it sends, and the server knows what time
/// it is then. A device that does not tell is believed as far as <see cref="SessionRoll"/> does.
/// </summary>
internal static class DeviceClock
{
    private const int LongestNote = 500;

    /// <summary>A slow network looks like a clock that is behind; so much is no fault of the clock.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The events at the server's time; the time that the device had stands in the note.</summary>
    public static IReadOnlyList<AttendanceInput> Correct(IReadOnlyList<AttendanceInput> events, DateTime? sentUtc, DateTime now, IStringLocalizer<Strings> T)
    {
        var off = FindError(sentUtc, now);
        return off == TimeSpan.Zero
            ? events
            : [.. events.Select(input => input with { AtUtc = Shift(input.AtUtc, off), Note = Keep(input.Note, T["Giờ trên máy đã ghi: {0}", Show(input.AtUtc)]) })];
    }

    /// <summary>
    /// When a report or a note of a device was made, by the server's time. Never later than now: of two reports the later one stands, and one from
    /// the future would outlast all that follow.
    /// </summary>
    public static DateTime Correct(DateTime at, DateTime? sentUtc, DateTime now) => Shift(at, FindError(sentUtc, now)) is var shifted && shifted < now ? shifted : now;

    /// <summary>What is to be added to the device's times; nothing when its clock is right, or when it does not tell.</summary>
    private static TimeSpan FindError(DateTime? sentUtc, DateTime now) =>
        // To the second: both databases keep it, and what one batch holds stays as far apart as it was.
        sentUtc is { } sent && (now - sent).Duration() > Tolerance ? TimeSpan.FromSeconds(Math.Round((now - sent).TotalSeconds)) : TimeSpan.Zero;

    /// <summary>What lies beyond the calendar stays there, and is refused as implausible.</summary>
    private static DateTime Shift(DateTime at, TimeSpan by) =>
        new(Math.Clamp(at.Ticks + by.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    private static string Show(DateTime at) =>
        at.Year is > 1 and < 9999 ? VietnamTime.ToLocal(at).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture) : at.ToString("s", CultureInfo.InvariantCulture);

    private static string Keep(string? note, string told) =>
        string.IsNullOrWhiteSpace(note) ? told
        : note.Length + told.Length + 3 <= LongestNote ? $"{note} ({told})"
        : note;
}
