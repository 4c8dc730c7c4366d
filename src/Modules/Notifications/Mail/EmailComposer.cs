using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;

namespace TrainingSite.Notifications.Mail;

/// <summary>Writes the mail: plain text, HTML, and for an occasion its calendar entry, both to act on and as a file.</summary>
internal sealed class EmailComposer(IOptions<MailOptions> options, IConfiguration configuration, TimeProvider clock)
{
    private string BaseUrl => (configuration["Site:BaseUrl"] ?? "").TrimEnd('/');

    /// <exception cref="FormatException">The address is none.</exception>
    public MailMessage Compose(Message message, MessageContent content)
    {
        var mail = new MailMessage
        {
            From = new MailAddress(options.Value.From, options.Value.FromName, Encoding.UTF8),
            Subject = content.Title.ReplaceLineEndings(" "),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        mail.To.Add(new MailAddress(message.Address!));
        mail.Headers.Add("Message-ID", MessageId(message));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        var link = AbsoluteUrl(content.Url);
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(PlainText(content, link), Encoding.UTF8, MediaTypeNames.Text.Plain));
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(Html(content, link), Encoding.UTF8, MediaTypeNames.Text.Html));
        if (content.Calendar is { } entry)
        {
            var calendar = CalendarWriter.Write(entry, options.Value.From, message.Address!, link, clock.UtcNow());
            var type = new ContentType("text/calendar") { CharSet = "utf-8" };
            type.Parameters.Add("method", entry.Method == CalendarMethod.Cancel ? "CANCEL" : "REQUEST");
            mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(calendar, type));
            mail.Attachments.Add(Attachment.CreateAttachmentFromString(calendar, "lich-hen.ics", Encoding.UTF8, "application/ics"));
        }

        return mail;
    }

    /// <summary>The same for the same message always: should a mail go twice because the site died between the server's "accepted" and
    /// the note of it, both copies bear one id, and mailboxes show one.</summary>
    public string MessageId(Message message)
    {
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{message.Rule}\n{message.Subject}\n{message.PersonId:N}\n{message.Channel}"));
        return $"<{Convert.ToHexStringLower(key.AsSpan(0, 16))}@{new MailAddress(options.Value.From).Host}>";
    }

    /// <summary>A path on the site as a full address.</summary>
    public string AbsoluteUrl(string path) => BaseUrl + path;

    /// <summary>Text with link, as for mail and for pasting into a chat.</summary>
    public static string PlainText(MessageContent content, string link) =>
        content.Url.Length == 0 ? content.Text : $"{content.Text}\n\n{link}";

    private string Html(MessageContent content, string link)
    {
        var paragraphs = content.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(paragraph => $"<p style=\"margin:0 0 14px\">{WebUtility.HtmlEncode(paragraph.Trim()).Replace("\n", "<br>", StringComparison.Ordinal)}</p>");
        var button = content.Url.Length == 0 ? "" : $"<p style=\"margin:22px 0\"><a href=\"{WebUtility.HtmlEncode(link)}\" style=\"background:#0b6e4f;color:#fff;padding:12px 20px;border-radius:8px;text-decoration:none;display:inline-block\">Mở trên trang tập huấn</a></p>";
        return $"""
            <!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(content.Title)}</title></head>
            <body style="margin:0;background:#fbfaf7;color:#1b1f1d;font:17px/1.55 sans-serif"><div style="max-width:560px;margin:0 auto;padding:24px 16px">
            <h1 style="font-size:22px;line-height:1.3;margin:0 0 16px">{WebUtility.HtmlEncode(content.Title)}</h1>
            {string.Concat(paragraphs)}{button}
            <p style="color:#5b6660;font-size:14px;margin:0">{WebUtility.HtmlEncode(options.Value.FromName)}</p>
            </div></body></html>
            """;
    }
}
