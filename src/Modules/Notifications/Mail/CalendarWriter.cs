using System.Globalization;
using System.Text;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Mail;

/// <summary>Writes one calendar entry by RFC 5545 (and its invitation by RFC 5546).</summary>
public static class CalendarWriter
{
    private const int MaxOctets = 75;

    /// <summary>The entry as an <c>.ics</c> text.</summary>
    /// <param name="entry">What, when, where.</param>
    /// <param name="organizer">The inviting address; null writes an entry that is published, not an invitation.</param>
    /// <param name="attendee">The invited address; null as for <paramref name="organizer"/>.</param>
    /// <param name="url">Full address of its page.</param>
    /// <param name="stampUtc">When it is written.</param>
    public static string Write(CalendarEntry entry, string? organizer, string? attendee, string url, DateTime stampUtc)
    {
        var cancelled = entry.Method == CalendarMethod.Cancel;
        var invites = organizer is not null && attendee is not null;
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "PRODID:-//TrainingSite//Sessions//VI");
        Line(text, "VERSION:2.0");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, $"METHOD:{(cancelled ? "CANCEL" : invites ? "REQUEST" : "PUBLISH")}");
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{Escape(entry.Uid)}");
        Line(text, $"SEQUENCE:{entry.Sequence.ToString(CultureInfo.InvariantCulture)}");
        Line(text, $"DTSTAMP:{Instant(stampUtc)}");
        Line(text, $"DTSTART:{Instant(entry.StartUtc)}");
        Line(text, $"DTEND:{Instant(entry.EndUtc)}");
        Line(text, $"SUMMARY:{Escape(entry.Summary)}");
        Line(text, $"LOCATION:{Escape(entry.Location)}");
        Line(text, $"DESCRIPTION:{Escape(entry.Description)}");
        Line(text, $"STATUS:{(cancelled ? "CANCELLED" : "CONFIRMED")}");
        if (url.Length > 0)
        {
            Line(text, $"URL:{url}");
        }

        if (invites)
        {
            Line(text, $"ORGANIZER:mailto:{organizer}");
            Line(text, $"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{attendee}");
        }

        Line(text, "END:VEVENT");
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static string Instant(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");

    /// <summary>A content line, folded so that no line is longer than 75 octets and no letter is cut in two.</summary>
    private static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MaxOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
