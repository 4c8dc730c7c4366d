namespace TrainingSite.Notifications.Services;

/// <summary>When and how much the site writes to people: section <c>Notifications</c> of the configuration.</summary>
internal sealed class NotificationOptions
{
    /// <summary>From this time of day in Vietnam no e-mail goes out, unless it is about something of the same day.</summary>
    public TimeOnly QuietFrom { get; init; } = new(21, 0);

    /// <summary>From this time of day on e-mail goes out again. The same as <see cref="QuietFrom"/>: no quiet hours.</summary>
    public TimeOnly QuietTo { get; init; } = new(6, 30);

    /// <summary>Most e-mails that one person gets on one day in Vietnam; the rest waits for the next morning.</summary>
    public int DailyMailCap { get; init; } = 5;

    /// <summary>What has been due for longer than this is not planned any more: a site that stood still for a month does not flood people.</summary>
    public int DueWindowDays { get; init; } = 3;

    /// <summary>Connections to the mail server at once.</summary>
    public int MailConnections { get; init; } = 4;

    /// <summary>When the quiet hours that hold at this moment end, UTC; null outside them.</summary>
    public DateTime? QuietUntil(DateTime utcNow)
    {
        var local = VietnamTime.ToLocal(utcNow);
        if (!TimeOnly.FromDateTime(local).IsBetween(QuietFrom, QuietTo))
        {
            return null;
        }

        var today = DateOnly.FromDateTime(local);
        var end = today.ToDateTime(QuietTo);
        return VietnamTime.ToUtc(end > local ? end : today.AddDays(1).ToDateTime(QuietTo));
    }

    /// <summary>The next morning on which a capped person may get mail again, UTC.</summary>
    public DateTime NextMorning(DateTime utcNow) =>
        VietnamTime.ToUtc(DateOnly.FromDateTime(VietnamTime.ToLocal(utcNow)).AddDays(1).ToDateTime(QuietTo));

    /// <summary>The beginning of the day in Vietnam, UTC.</summary>
    public static DateTime DayStart(DateTime utcNow) => VietnamTime.ToUtc(VietnamTime.ToLocal(utcNow).Date);
}
