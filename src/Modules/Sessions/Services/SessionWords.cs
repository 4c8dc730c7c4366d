using System.Globalization;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>The words for states, modes and roles, with the theme's tone and icon: one place for all pages.</summary>
public static class SessionWords
{
    extension(IStringLocalizer<Strings> T)
    {
        public string ModeName(SessionMode mode) => mode switch
        {
            SessionMode.InPerson => T["Trực tiếp"],
            SessionMode.Online => T["Trực tuyến"],
            SessionMode.Mixed => T["Trực tiếp và trực tuyến"],
        };

        public Badge StateBadge(SessionState state) => state switch
        {
            SessionState.Draft => new("", "edit", T["Bản nháp"]),
            SessionState.Published => new("state-now", "calendar-add", T["Sắp diễn ra"]),
            SessionState.Open => new("state-good", "doing", T["Đang diễn ra"]),
            SessionState.Closed => new("", "good", T["Đã kết thúc"]),
            SessionState.Cancelled => new("state-bad", "bad", T["Đã hủy"]),
        };

        /// <summary>As a list or a card shows it: what was opened ahead of its time does not run yet.</summary>
        public Badge StateBadge(SessionState state, DateTime startUtc, DateTime utcNow) =>
            T.StateBadge(state == SessionState.Open && startUtc > utcNow ? SessionState.Published : state);

        public Badge RehearsalBadge() => new("state-warning", "info", T["Diễn tập"]);

        public Badge PointBadge(PointState state) => state switch
        {
            PointState.Planned => new("", "todo", T["Chưa báo"]),
            PointState.Ready => new("state-now", "good", T["Sẵn sàng"]),
            PointState.Connected => new("state-good", "online", T["Đã kết nối"]),
            PointState.Late => new("state-warning", "late", T["Kết nối muộn"]),
            PointState.Lost => new("state-bad", "offline", T["Mất kết nối"]),
            PointState.Absent => new("state-bad", "bad", T["Vắng"]),
        };

        public Badge StatusBadge(AttendanceStatus status) => status switch
        {
            AttendanceStatus.Unmarked => new("", "todo", T["Chưa điểm danh"]),
            AttendanceStatus.Present => new("state-good", "good", T["Có mặt"]),
            AttendanceStatus.Late => new("state-warning", "late", T["Đến muộn"]),
            AttendanceStatus.LeftEarly => new("state-warning", "late", T["Về sớm"]),
            AttendanceStatus.Absent => new("state-bad", "bad", T["Vắng"]),
            AttendanceStatus.Excused => new("", "excused", T["Vắng có phép"]),
        };

        /// <summary>"45 phút", "3 giờ", "2 ngày": in the unit that says most.</summary>
        public string Duration(TimeSpan time) =>
            time < TimeSpan.FromHours(1) ? T["{0} phút", Math.Max(1, (int)time.TotalMinutes)]
            : time < TimeSpan.FromDays(1) ? T["{0} giờ", (int)time.TotalHours]
            : T["{0} ngày", (int)time.TotalDays];

        /// <summary>"7 ngày, 1 ngày và 2 giờ".</summary>
        public string Durations(IReadOnlyList<TimeSpan> times) =>
            times.Count == 1 ? T.Duration(times[0]) : T["{0} và {1}", string.Join(", ", times.SkipLast(1).Select(time => T.Duration(time))), T.Duration(times[^1])];

        /// <summary>"08:00 đến 11:30" or, over several days, "08:00 12/12 đến 16:00 13/12".</summary>
        public string TimeRange(DateTime startUtc, DateTime endUtc)
        {
            var (start, end) = (VietnamTime.ToLocal(startUtc), VietnamTime.ToLocal(endUtc));
            var format = start.Date == end.Date ? "HH:mm" : "HH:mm dd/MM";
            return T["{0} đến {1}", start.ToString(format, CultureInfo.InvariantCulture), end.ToString(format, CultureInfo.InvariantCulture)];
        }
    }

    /// <summary>The kind of mark on the sheet that stands for a status: the words of <c>data-state</c> there.</summary>
    public static string ToMark(this AttendanceStatus status) => status switch
    {
        AttendanceStatus.Unmarked => "none",
        AttendanceStatus.Present => "in",
        AttendanceStatus.Late => "late",
        AttendanceStatus.LeftEarly => "left_early",
        AttendanceStatus.Absent => "absent",
        AttendanceStatus.Excused => "excused",
    };
}

/// <summary>A state as the theme shows it: colour, icon and word.</summary>
/// <param name="Class">The theme's class beside <c>state</c>.</param>
/// <param name="Icon">Icon.</param>
/// <param name="Text">Word.</param>
public sealed record Badge(string Class, string Icon, string Text);
