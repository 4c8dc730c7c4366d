using Microsoft.Extensions.Localization;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>A session as a calendar entry: one uid from invitation to cancellation.</summary>
internal static class SessionCalendar
{
    public static CalendarEntry ToEntry(TrainingSession session, string place, string description, IStringLocalizer<Strings> T) => new(
        $"{session.Id:N}@trainingsite",
        session.Sequence,
        session.State == SessionState.Cancelled ? CalendarMethod.Cancel : CalendarMethod.Request,
        session.IsRehearsal ? T["[Diễn tập] {0}", session.Title] : session.Title,
        session.StartUtc,
        session.EndUtc,
        place,
        description);
}
