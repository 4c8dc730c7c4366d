using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Mail;

/// <summary>How a hand-over ended.</summary>
internal enum EmailOutcome
{
    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>Not now; worth another try.</summary>
    Transient,

    /// <summary>Never.</summary>
    Permanent,
}

/// <summary>How a hand-over ended, and why.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">The server's words; empty when it took the message.</param>
internal sealed record EmailResult(EmailOutcome Outcome, string Reason = "")
{
    public static readonly EmailResult Accepted = new(EmailOutcome.Accepted);
}

/// <summary>Hands one message to the mail system. One instance has one connection and sends one message at a time.</summary>
internal interface IEmailSender
{
    /// <summary>Sends to the message's one recipient.</summary>
    Task<EmailResult> SendAsync(Message message, MessageContent content);
}
