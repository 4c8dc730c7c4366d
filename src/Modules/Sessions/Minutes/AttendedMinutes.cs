using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Minutes;

/// <summary>How long somebody attended a session.</summary>
/// <param name="Attended">Minutes attended.</param>
/// <param name="Total">Minutes that the session lasts.</param>
/// <param name="NeededPercent">Share that its courses ask for; null when none does.</param>
public sealed record AttendedMinutes(int Attended, int Total, int? NeededPercent)
{
    /// <summary>Share attended, rounded down as credits are.</summary>
    public int Percent => Total <= 0 ? 0 : Math.Min(100, Attended * 100 / Total);

    /// <summary>Whether it is enough; also when nothing is asked for.</summary>
    public bool IsEnough => NeededPercent is not { } needed || Percent >= needed;

    /// <summary>"150/180 phút, đủ 80%".</summary>
    public string ToText(IStringLocalizer<Strings> T) =>
        NeededPercent is not { } needed ? T["{0}/{1} phút", Attended, Total]
        : IsEnough ? T["{0}/{1} phút, đủ {2}%", Attended, Total, needed]
        : T["{0}/{1} phút, chưa đủ {2}%", Attended, Total, needed];
}

/// <summary>One session of a person, with how long they were there; null while it runs, when nobody can know yet.</summary>
public sealed record AttendedSession(string Code, string Title, DateTime StartUtc, AttendanceStatus Status, AttendedMinutes? Minutes);
