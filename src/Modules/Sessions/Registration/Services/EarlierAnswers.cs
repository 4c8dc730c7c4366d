using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Models;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>Asks everybody again when a session is given other times: what they said of the old ones is put away.</summary>
public sealed class EarlierAnswers(SiteDbContext db, SeatService seats)
{
    /// <summary>A session that begins and ends within so long of the old times is the same appointment: answers stand.</summary>
    public static readonly TimeSpan SameAppointment = TimeSpan.FromHours(1);

    /// <summary>Whether people have to be asked again.</summary>
    internal static bool MustAskAgain(TrainingSession session, DateTime oldStart, DateTime oldEnd) =>
        session.State == SessionState.Published && ((session.StartUtc - oldStart).Duration() > SameAppointment || (session.EndUtc - oldEnd).Duration() > SameAppointment);

    /// <summary>
    /// Puts the answers to the old times away, in the running transaction. Who does not come because they have a seat at another date of the series
    /// has nothing to answer and stays as they are.
    /// </summary>
    internal async Task PutAwayAsync(TrainingSession session, DateTime oldStart, CancellationToken cancellationToken)
    {
        await seats.TakeTurnAsync(session.Id, cancellationToken);
        var (id, postponement) = (session.Id, session.Postponements);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Sessions_EarlierAnswer" ("SessionId", "PersonId", "Postponement", "StartUtc", "Response", "Reason", "RespondedUtc", "RespondedByName")
            SELECT i."SessionId", i."PersonId", {postponement}, {oldStart}, i."Response", i."ResponseReason", i."RespondedUtc", i."RespondedByName"
            FROM "Sessions_Invitation" AS i
            WHERE i."SessionId" = {id} AND i."Response" <> 'None'
                AND NOT (i."Response" = 'Declined' AND EXISTS (
                    SELECT 1 FROM "Sessions_Session" AS own
                    JOIN "Sessions_Session" AS date ON date."SeriesId" = own."SeriesId" AND date."Id" <> own."Id"
                    JOIN "Sessions_Invitation" AS other ON other."SessionId" = date."Id" AND other."PersonId" = i."PersonId" AND other."Response" = 'Confirmed'
                    WHERE own."Id" = i."SessionId"))
            """, cancellationToken);
        await db.Invitations.Where(invitation => invitation.SessionId == id && db.Set<EarlierAnswer>().Any(answer => answer.SessionId == id && answer.PersonId == invitation.PersonId && answer.Postponement == postponement))
            .ExecuteUpdateAsync(change => change
                .SetProperty(invitation => invitation.Response, InvitationResponse.None)
                .SetProperty(invitation => invitation.ResponseReason, (string?)null)
                .SetProperty(invitation => invitation.RespondedUtc, (DateTime?)null)
                .SetProperty(invitation => invitation.RespondedBy, (Guid?)null)
                .SetProperty(invitation => invitation.RespondedByName, (string?)null)
                .SetProperty(invitation => invitation.QueueNumber, (int?)null)
                .SetProperty(invitation => invitation.PromotedUtc, (DateTime?)null), cancellationToken);
    }
}
