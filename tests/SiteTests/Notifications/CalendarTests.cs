using System.Text;
using TrainingSite.Notifications.Mail;
using TrainingSite.Notifications.Models;

namespace TrainingSite.SiteTests.Notifications;

public sealed class CalendarTests
{
    private static readonly CalendarEntry Entry = new("0192f@trainingsite", 3, CalendarMethod.Request, "Tập huấn: an toàn, riêng tư; \\ kỹ năng số cho thành viên Tổ công nghệ số cộng đồng các bản vùng cao",
        new(2026, 12, 12, 7, 0, 0, DateTimeKind.Utc), new(2026, 12, 12, 9, 30, 0, DateTimeKind.Utc), "Nhà văn hóa", "Dòng một\nDòng hai");

    [Fact]
    public void Write_LongVietnameseText_FoldsAtSeventyFiveOctetsWithoutCuttingLetters()
    {
        var text = Write(Entry);

        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains("SUMMARY:Tập huấn: an toàn\\, riêng tư\\; \\\\ kỹ năng số cho thành viên Tổ công nghệ số cộng đồng các bản vùng cao\r\n", Unfold(text), StringComparison.Ordinal);
        Assert.Contains("DESCRIPTION:Dòng một\\nDòng hai\r\n", Unfold(text), StringComparison.Ordinal);
        Assert.DoesNotContain(text.Replace("\r\n", "", StringComparison.Ordinal), letter => letter is '\r' or '\n');
    }

    [Fact]
    public void Write_Invitation_NamesWhatCalendarsNeed()
    {
        var lines = Unfold(Write(Entry)).Split("\r\n");

        Assert.Equal(["BEGIN:VCALENDAR", "METHOD:REQUEST", "UID:0192f@trainingsite", "SEQUENCE:3", "DTSTAMP:20261122T020000Z", "DTSTART:20261212T070000Z", "DTEND:20261212T093000Z", "ORGANIZER:mailto:so@example.org"],
            lines.Where(line => line is "BEGIN:VCALENDAR" || line.Split(':', ';')[0] is "METHOD" or "UID" or "SEQUENCE" or "DTSTAMP" or "DTSTART" or "DTEND" or "ORGANIZER"));
        Assert.DoesNotContain("VALARM", lines);
    }

    [Fact]
    public void Write_WithoutAttendee_IsPublished() =>
        Assert.Contains("METHOD:PUBLISH\r\n", CalendarWriter.Write(Entry, null, null, "", new(2026, 11, 22, 2, 0, 0, DateTimeKind.Utc)), StringComparison.Ordinal);

    private static string Write(CalendarEntry entry) => CalendarWriter.Write(entry, "so@example.org", "nga@example.org", "https://taphuan.example.org/sessions/TH-1", new(2026, 11, 22, 2, 0, 0, DateTimeKind.Utc));

    private static string Unfold(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal);
}
