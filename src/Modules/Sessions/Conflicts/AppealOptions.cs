using Microsoft.Extensions.Configuration;

namespace TrainingSite.Sessions.Conflicts;

/// <summary>The settings of appeals, section <c>Sessions</c>.</summary>
public sealed class AppealOptions
{
    /// <summary>For how many days after closing a member may appeal: <c>Sessions:AppealDays</c>, by default 7; 0 for never.</summary>
    public int AppealDays { get; private init; } = 7;

    internal static AppealOptions From(IConfiguration configuration)
    {
        var days = configuration.GetValue("Sessions:AppealDays", 7);
        return days is < 0 or > 366
            ? throw new InvalidOperationException($"Sessions:AppealDays is {days}; write a number of days from 0 to 366.")
            : new() { AppealDays = days };
    }
}
