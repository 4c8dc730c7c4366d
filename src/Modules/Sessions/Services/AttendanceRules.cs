using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>What a status comes to.</summary>
internal static class AttendanceRules
{
    /// <summary>Whether the person was there, for however long.</summary>
    public static bool IsThere(this AttendanceStatus status) => status is AttendanceStatus.Present or AttendanceStatus.Late or AttendanceStatus.LeftEarly;

    /// <summary>Those who were there.</summary>
    public static IQueryable<Attendance> OfThosePresent(this IQueryable<Attendance> attendances) =>
        attendances.Where(attendance => attendance.Status == AttendanceStatus.Present || attendance.Status == AttendanceStatus.Late || attendance.Status == AttendanceStatus.LeftEarly);

    /// <summary>The status once marks are no longer waited for: who has none was not there.</summary>
    /// <param name="status">As marked.</param>
    /// <param name="isExcused">Whether the person had asked before.</param>
    public static AttendanceStatus OnceClosed(this AttendanceStatus status, bool isExcused) =>
        status != AttendanceStatus.Unmarked ? status : isExcused ? AttendanceStatus.Excused : AttendanceStatus.Absent;
}
