using Microsoft.Extensions.Configuration;

namespace TrainingSite.Sessions;

/// <summary>The module's settings, section <c>Sessions</c>.</summary>
public sealed class SessionOptions
{
    private static readonly TimeSpan[] Usual = [TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.FromHours(2)];

    /// <summary>How long before the start people are reminded: <c>Sessions:RemindBefore</c>, by default 7 days, 1 day and 2 hours.</summary>
    public IReadOnlyList<TimeSpan> RemindBefore { get; private init; } = Usual;

    /// <summary>The reminders that go out for a session published now: those whose time is still ahead.</summary>
    public IReadOnlyList<TimeSpan> RemindersAhead(DateTime startUtc, DateTime utcNow) => [.. RemindBefore.Where(lead => startUtc - lead > utcNow)];

    /// <summary>How long after its end a new session closes by itself: <c>Sessions:CloseAfter</c>, by default 2 hours; its organizer may change it.</summary>
    public TimeSpan CloseAfter { get; private init; } = TimeSpan.FromHours(2);

    /// <summary>How long after the end points have to hand in their sheets: <c>Sessions:HandInAfter</c>, by default 4 hours; its organizer may change it.</summary>
    public TimeSpan HandInAfter { get; private init; } = TimeSpan.FromHours(4);

    /// <summary>How long after that time, and again after the next step, a missing sheet is told one level up: <c>Sessions:EscalateAfter</c>, by default 2 hours.</summary>
    public TimeSpan EscalateAfter { get; private init; } = TimeSpan.FromHours(2);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A time that is none.</exception>
    internal static SessionOptions From(IConfiguration configuration)
    {
        var remind = configuration.GetSection("Sessions:RemindBefore").Get<TimeSpan[]>();
        if (remind is not null && Array.Exists(remind, lead => lead < TimeSpan.FromHours(1)))
        {
            throw new InvalidOperationException("Sessions:RemindBefore has a time of less than an hour. Write it as days.hours:minutes:seconds, such as 1.00:00:00 for one day.");
        }

        var usual = new SessionOptions();
        return new()
        {
            RemindBefore = remind is { Length: > 0 } ? remind : Usual,
            CloseAfter = Read(configuration, nameof(CloseAfter), usual.CloseAfter, TimeSpan.FromMinutes(1)),
            HandInAfter = Read(configuration, nameof(HandInAfter), usual.HandInAfter, TimeSpan.FromHours(1)),
            EscalateAfter = Read(configuration, nameof(EscalateAfter), usual.EscalateAfter, TimeSpan.FromMinutes(1)),
        };
    }

    private static TimeSpan Read(IConfiguration configuration, string name, TimeSpan usual, TimeSpan unit)
    {
        var value = configuration.GetValue($"Sessions:{name}", usual);
        return value >= unit && value.Ticks % unit.Ticks == 0
            ? value
            : throw new InvalidOperationException($"Sessions:{name} is {value}; it must be whole {(unit.TotalHours >= 1 ? "hours" : "minutes")} and not nothing, such as {usual}.");
    }
}
