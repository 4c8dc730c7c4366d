using TrainingSite.Accounts.Models;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Accounts.Services;

/// <summary>Something that was sent back to whoever had sent it in.</summary>
public sealed class SentBack
{
    /// <summary>Its key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account that had sent it in; null when nobody's.</summary>
    public required Guid? AuthorId { get; init; }

    /// <summary>When it was sent back, UTC.</summary>
    public required DateTime AtUtc { get; init; }
}

/// <summary>Reminders to accounts.</summary>
public static class AccountReminders
{
    private static readonly TimeSpan Latest = TimeSpan.FromDays(7);

    extension(SiteDbContext db)
    {
        /// <summary>Who is to be told that something came back: each time once, and nobody whose account is out of use.</summary>
        /// <param name="rows">What came back, by object initializers: it runs in the database.</param>
        /// <param name="utcNow">Now.</param>
        public IQueryable<DueReminder> ToAuthors(IQueryable<SentBack> rows, DateTime utcNow)
        {
            var since = utcNow - Latest;
            return from row in rows
                   join account in db.Accounts on row.AuthorId equals account.UserId
                   join user in db.Users on account.UserId equals user.Id
                   where row.AtUtc > since && account.DisabledUtc == null
                   select new DueReminder
                   {
                       // The moment makes the next time another one.
                       Subject = row.Id.ToString() + ":" + row.AtUtc.Year.ToString() + "-" + row.AtUtc.DayOfYear.ToString() + "-" + row.AtUtc.Hour.ToString() + "-" + row.AtUtc.Minute.ToString() + "-" + row.AtUtc.Second.ToString(),
                       PersonId = account.PersonId ?? account.UserId,
                       UserId = account.UserId,
                       Email = user.Email,
                       DueUtc = row.AtUtc,
                   };
        }
    }

    /// <summary>The key of what the subject is about.</summary>
    public static Guid IdOf(string subject) => Guid.Parse(subject.Split(':')[0]);
}
