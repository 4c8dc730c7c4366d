namespace TrainingSite.Notifications.Models;

/// <summary>The module's tables.</summary>
public static class NotificationsData
{
    extension(SiteDbContext db)
    {
        /// <summary>Messages planned and sent.</summary>
        public DbSet<Message> Messages => db.Set<Message>();
    }

    /// <summary>The notices that a user sees in the application.</summary>
    public static IQueryable<Message> NoticesOf(this IQueryable<Message> messages, CurrentUser user)
    {
        var (userId, personId) = (user.Id, user.PersonId);
        return messages.Where(message => message.Channel == MessageChannel.InApp && message.State == MessageState.Sent
            && ((personId != null && message.PersonId == personId) || (userId != null && message.UserId == userId)));
    }
}
