using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Services;

/// <summary>Turns what a source says is due into message rows, inside the database: 15,000 people cost one statement a channel.</summary>
internal sealed class ReminderPlanner(SiteDbContext db, TimeProvider clock, IOptions<NotificationOptions> options)
{
    private const int ManyRows = 1000;
    private const int TimeoutSeconds = 300;

    /// <summary>Plans one source's reminders. Rows that exist are left alone, whatever became of them.</summary>
    /// <returns>The number of new messages.</returns>
    public async Task<int> PlanAsync(IReminderSource source, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var since = now.AddDays(-options.Value.DueWindowDays);
        var due = source.GetDue(now).Where(reminder => reminder.DueUtc > since && reminder.DueUtc <= now);
        return await InsertAsync(source.Rule, MessageChannel.InApp, due, cancellationToken)
            + await InsertAsync(source.Rule, MessageChannel.Email, due.Where(reminder => reminder.Email != null && reminder.Email != ""), cancellationToken);
    }

    private async Task<int> InsertAsync(string rule, MessageChannel channel, IQueryable<DueReminder> due, CancellationToken cancellationToken)
    {
        // Rows that exist are left to the unique index. An anti-join would be quicker with fresh statistics and a hundred times slower without;
        // probing the index costs the same always.
        // The account as text: EF would project it once with the person where both are the same column, and PostgreSQL would not know the type of a bare NULL.
        await using var insert = due
            .Select(reminder => new { reminder.Subject, reminder.PersonId, UserId = reminder.UserId.ToString(), reminder.Email, reminder.DueUtc })
            .CreateDbCommand();
        var userId = db.IsSqlite ? "NULLIF(d.\"UserId\", '')" : "CAST(NULLIF(d.\"UserId\", '') AS uuid)";
        // In one order, so that two nodes that plan the same people wait for each other instead of locking each other out.
        var address = channel == MessageChannel.Email ? "d.\"Email\"" : "NULL";
        insert.CommandText = $"""
            INSERT INTO "Notifications_Message" ("Rule", "Subject", "PersonId", "UserId", "Channel", "Address", "DueUtc", "State", "Attempts", "NextTryUtc")
            SELECT @rule_name, d."Subject", d."PersonId", {userId}, '{channel}', {address}, d."DueUtc", '{MessageState.Pending}', 0, d."DueUtc"
            FROM (
            {insert.CommandText}
            ) AS d
            WHERE true
            ORDER BY d."Subject", d."PersonId"
            ON CONFLICT ("Rule", "Subject", "PersonId", "Channel") DO NOTHING
            """;
        var name = insert.CreateParameter();
        name.ParameterName = "@rule_name";
        name.Value = rule;
        insert.Parameters.Add(name);
        insert.CommandTimeout = TimeoutSeconds;
        var count = await ExecuteAsync(insert, cancellationToken);
        if (count > ManyRows && !db.IsSqlite)
        {
            // The sender comes before the autovacuum; with the old statistics it would sort the whole table for each batch.
            await db.Database.ExecuteSqlAsync($"ANALYZE \"Notifications_Message\"", cancellationToken);
        }

        return count;
    }

    private async Task<int> ExecuteAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
