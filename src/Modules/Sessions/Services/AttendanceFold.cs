using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>Where a person stands after all events about them.</summary>
/// <param name="Status">Whether the person took part.</param>
/// <param name="Minutes">Minutes attended.</param>
/// <param name="FirstInUtc">First time in.</param>
/// <param name="LastOutUtc">Last time out; null when the person stayed.</param>
/// <param name="PointId">Point of the latest event.</param>
/// <param name="Method">How the latest mark came about.</param>
/// <param name="HasConflict">Whether two devices disagree.</param>
public sealed record AttendanceOutcome(AttendanceStatus Status, int Minutes, DateTime? FirstInUtc, DateTime? LastOutUtc, Guid PointId, AttendanceMethod Method, bool HasConflict);

/// <summary>
/// Folds a person's events in one session into their attendance. Pure: the same set of events gives the same outcome, in whatever
/// order and however often they arrive. The rules are in docs/attendance.md.
/// </summary>
public static class AttendanceFold
{
    /// <summary>The outcome; null without events.</summary>
    public static AttendanceOutcome? Fold(IEnumerable<AttendanceEvent> events, IReadOnlyList<SessionBlock> blocks)
    {
        // The device's time decides, the id where two are equal; when something was received never does.
        var ordered = events.OrderBy(fact => fact.AtUtc).ThenBy(fact => fact.Id).DistinctBy(fact => fact.Id).ToList();
        if (ordered.Count == 0)
        {
            return null;
        }

        var folds = new List<BlockFold>(blocks.Count);
        var total = blocks.Sum(LengthOf);
        var before = 0;
        foreach (var block in blocks)
        {
            var fold = new BlockFold(block, before, total - before - LengthOf(block));
            before += LengthOf(block);
            foreach (var fact in ordered)
            {
                if (fact.Block is null || fact.Block == block.Number)
                {
                    fold.Apply(fact);
                }
            }

            folds.Add(fold);
        }

        var latest = ordered[^1];
        return new(
            StatusOf(folds),
            folds.Sum(fold => fold.Minutes),
            folds.Where(fold => fold.IsThere).Min(fold => fold.FirstInUtc),
            folds.LastOrDefault(fold => fold.IsThere)?.LastOutUtc,
            latest.PointId,
            latest.Method,
            folds.Exists(fold => fold.HasConflict));
    }

    /// <summary>There in any block is there; leaving early, which comes last, is told before coming late.</summary>
    private static AttendanceStatus StatusOf(List<BlockFold> folds) =>
        folds.Exists(fold => fold.IsThere)
            ? folds.Exists(fold => fold.IsThere && fold.LeftEarly) ? AttendanceStatus.LeftEarly
                : folds.Exists(fold => fold.IsThere && fold.CameLate) ? AttendanceStatus.Late
                : AttendanceStatus.Present
            : folds.Exists(fold => fold.Status == AttendanceStatus.Excused) ? AttendanceStatus.Excused
            : folds.Exists(fold => fold.Status == AttendanceStatus.Absent) ? AttendanceStatus.Absent
            : AttendanceStatus.Unmarked;

    private static int LengthOf(SessionBlock block) => (int)(block.EndUtc - block.StartUtc).TotalMinutes;

    /// <summary>One person in one block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="before">Minutes of the session before it.</param>
    /// <param name="after">Minutes of the session after it.</param>
    private sealed class BlockFold(SessionBlock block, int before, int after)
    {
        private readonly Dictionary<string, (bool There, Guid Point)> _lastWords = new(StringComparer.Ordinal);
        private readonly HashSet<Guid> _strangeRooms = [];
        private readonly HashSet<Guid> _seenIn = [];
        private TimeSpan _closed;
        private DateTime? _since;
        private DateTime _until = block.StartUtc;

        public AttendanceStatus Status { get; private set; }

        public bool IsThere => Status == AttendanceStatus.Present;

        public bool CameLate { get; private set; }

        public bool LeftEarly { get; private set; }

        public DateTime? FirstInUtc { get; private set; }

        public DateTime? LastOutUtc { get; private set; }

        public int Minutes => (int)(_closed + (_since is { } since ? block.EndUtc - since : TimeSpan.Zero)).TotalMinutes;

        /// <summary>
        /// Two devices' last words since the latest correction differ (there or not there, or there at two points), or the person marked
        /// themselves in a room that is not theirs and nobody there has seen them.
        /// </summary>
        public bool HasConflict => _lastWords.Values.Select(word => word.There).Distinct().Count() > 1
            || _lastWords.Values.Where(word => word.There).Select(word => word.Point).Distinct().Count() > 1
            || !_strangeRooms.IsSubsetOf(_seenIn);

        public void Apply(AttendanceEvent fact)
        {
            switch (fact.Kind)
            {
                case AttendanceKind.In:
                    Enter(fact);
                    break;
                case AttendanceKind.Late:
                    EnterLate(fact);
                    break;
                case AttendanceKind.Out:
                    Leave(fact, Clamp(fact.AtUtc));
                    break;
                case AttendanceKind.LeftEarly:
                    Leave(fact, fact.Minutes is { } missed ? block.EndUtc.AddMinutes(-Share(fact, missed, after)) : Clamp(fact.AtUtc));
                    LeftEarly = true;
                    break;
                case AttendanceKind.Absent:
                    Reset(AttendanceStatus.Absent);
                    break;
                case AttendanceKind.Excused:
                    Reset(AttendanceStatus.Excused);
                    break;
                case AttendanceKind.Correction:
                    Correct(fact);
                    return;
            }

            NoteRoom(fact);
            _lastWords[fact.Device.Length > 0 ? fact.Device : $"user {fact.UserId}"] = (IsThere, fact.PointId);
        }

        private void Enter(AttendanceEvent fact)
        {
            if (!IsThere)
            {
                Reset(AttendanceStatus.Present);
                // A tick on the list says "is here", whenever it is made; a scan says "has come now".
                _since = IsScan(fact.Method) ? Clamp(fact.AtUtc) : block.StartUtc;
            }
            else if (_since is null)
            {
                _since = Max(Clamp(fact.AtUtc), _until);
                (LastOutUtc, LeftEarly) = (null, false);
            }

            FirstInUtc ??= fact.AtUtc;
        }

        private void EnterLate(AttendanceEvent fact)
        {
            Reset(AttendanceStatus.Present);
            _since = fact.Minutes is { } minutes ? block.StartUtc.AddMinutes(Share(fact, minutes, before)) : Clamp(fact.AtUtc);
            CameLate = true;
            FirstInUtc = fact.AtUtc;
        }

        private void Leave(AttendanceEvent fact, DateTime at)
        {
            if (!IsThere)
            {
                Reset(AttendanceStatus.Present);
                _since = block.StartUtc;
            }

            if (_since is { } since)
            {
                _until = Max(at, since);
                _closed += _until - since;
                _since = null;
            }

            LastOutUtc = fact.AtUtc;
        }

        private void NoteRoom(AttendanceEvent fact)
        {
            if (fact.Flag == AttendanceFlag.WrongRoom)
            {
                _strangeRooms.Add(fact.PointId);
            }
            else if (IsThere && !IsOwnWord(fact.Method))
            {
                _seenIn.Add(fact.PointId);
            }
        }

        /// <summary>Everything before is settled, disagreements too.</summary>
        private void Correct(AttendanceEvent fact)
        {
            _lastWords.Clear();
            _strangeRooms.Clear();
            _seenIn.Clear();
            var status = fact.Status ?? AttendanceStatus.Unmarked;
            switch (status)
            {
                case AttendanceStatus.Unmarked:
                case AttendanceStatus.Absent:
                case AttendanceStatus.Excused:
                    Reset(status);
                    return;
                case AttendanceStatus.Present:
                case AttendanceStatus.Late:
                case AttendanceStatus.LeftEarly:
                    Reset(AttendanceStatus.Present);
                    (CameLate, LeftEarly) = (status == AttendanceStatus.Late, status == AttendanceStatus.LeftEarly);
                    FirstInUtc = fact.AtUtc;
                    // Closed at once when the minutes are given, so that they stand.
                    if (fact.Minutes is { } minutes)
                    {
                        _closed = TimeSpan.FromMinutes(Share(fact, minutes, before));
                        _until = block.EndUtc;
                        LastOutUtc = fact.AtUtc;
                    }
                    else
                    {
                        _since = block.StartUtc;
                    }

                    return;
            }
        }

        private void Reset(AttendanceStatus status)
        {
            Status = status;
            (_closed, _since, _until) = (TimeSpan.Zero, null, block.StartUtc);
            (CameLate, LeftEarly) = (false, false);
            (FirstInUtc, LastOutUtc) = (null, null);
        }

        /// <summary>This block's share of some minutes that were said of the whole session and begin elsewhere.</summary>
        private int Share(AttendanceEvent fact, int minutes, int elsewhere) =>
            Math.Clamp(fact.Block is null ? minutes - elsewhere : minutes, 0, LengthOf(block));

        private DateTime Clamp(DateTime at) => at < block.StartUtc ? block.StartUtc : at > block.EndUtc ? block.EndUtc : at;

        private static DateTime Max(DateTime left, DateTime right) => left > right ? left : right;

        /// <summary>Said by the person, not by somebody who saw them.</summary>
        private static bool IsOwnWord(AttendanceMethod method) => method is AttendanceMethod.Self or AttendanceMethod.Code;

        private static bool IsScan(AttendanceMethod method) => method switch
        {
            AttendanceMethod.Card or AttendanceMethod.Self or AttendanceMethod.Code => true,
            AttendanceMethod.Roster or AttendanceMethod.Paper or AttendanceMethod.Import => false,
        };
    }
}
