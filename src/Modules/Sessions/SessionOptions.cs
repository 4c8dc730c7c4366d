using Microsoft.Extensions.Configuration;

namespace TrainingSite.Sessions;

/// <summary>The module's settings, section <c>Sessions</c>.</summary>
public sealed class SessionOptions
{
    private static readonly TimeSpan[] Usual = [TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.FromHours(2)];

    /// <summary>How long before the start people are reminded: <c>Sessions:RemindBefore</c>, by default 7 days, 1 day and 2 hours.</summary>
    public IReadOnlyList<TimeSpan> RemindBefore { get; private init; } = Usual;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A time before the start that is none.</exception>
    internal static SessionOptions From(IConfiguration configuration)
    {
        var remind = configuration.GetSection("Sessions:RemindBefore").Get<TimeSpan[]>();
        if (remind is not null && Array.Exists(remind, lead => lead < TimeSpan.FromHours(1)))
        {
            throw new InvalidOperationException("Sessions:RemindBefore has a time of less than an hour. Write it as days.hours:minutes:seconds, such as 1.00:00:00 for one day.");
        }

        return remind is { Length: > 0 } ? new() { RemindBefore = remind } : new();
    }
}
