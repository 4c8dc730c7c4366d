using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Board;

/// <summary>The words and tones of the live board, for the page and for its script.</summary>
public static class BoardWords
{
    extension(IStringLocalizer<Strings> T)
    {
        /// <summary>How a point stands; one that marks people without having said anything is at work.</summary>
        public Badge BoardBadge(PointState state, bool hasStarted) =>
            state == PointState.Planned && hasStarted ? new("state-now", "doing", T["Có tín hiệu"])
            : state == PointState.Planned ? new("", "todo", T["Chưa có tín hiệu"])
            : T.PointBadge(state);

        public string CallRole(PointCallRole role) => role switch
        {
            PointCallRole.PointCoordinator => T["phụ trách điểm cầu"],
            PointCallRole.CommuneCoordinator => T["điều phối xã"],
            PointCallRole.TeamLeader => T["Tổ trưởng"],
        };

        /// <summary>All states as the script needs them, by the word that the stream uses.</summary>
        public IReadOnlyDictionary<string, object> BoardStates() => Enum.GetValues<PointState>().Where(state => state != PointState.Planned)
            .Select(state => (Word: state.ToString().ToLowerInvariant(), Badge: T.BoardBadge(state, hasStarted: true), Tone: ToneOf(state, hasStarted: true)))
            .Append((Word: "planned", Badge: T.BoardBadge(PointState.Planned, hasStarted: false), Tone: ToneOf(PointState.Planned, hasStarted: false)))
            .Append((Word: "started", Badge: T.BoardBadge(PointState.Planned, hasStarted: true), Tone: ToneOf(PointState.Planned, hasStarted: true)))
            .ToDictionary(state => state.Word, state => (object)new { css = $"state {state.Badge.Class}".TrimEnd(), icon = state.Badge.Icon, text = state.Badge.Text, tone = state.Tone });
    }

    /// <summary>The tile's colour: what is wrong wins.</summary>
    public static string ToneOf(this BoardPoint point) => point.HasMismatch && ToneOf(point.State, point.HasStarted) is "good" or "now" or "" ? "warning" : ToneOf(point.State, point.HasStarted);

    private static string ToneOf(PointState state, bool hasStarted) => state switch
    {
        PointState.Planned => hasStarted ? "now" : "",
        PointState.Ready => "now",
        PointState.Connected => "good",
        PointState.Late => "warning",
        PointState.Lost or PointState.Absent => "bad",
    };
}
