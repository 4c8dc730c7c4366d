namespace TrainingSite.Sessions.Registration.Services;

/// <summary>Counts the seats of all teams of a session while a queue is worked off: each team's own, and those that teams gave back for anybody.</summary>
internal sealed class TeamBook
{
    private readonly int? _seats;
    private readonly Dictionary<Guid, int> _taken;
    private readonly Dictionary<Guid, int> _released;
    private int _common;

    /// <summary>Opens the book.</summary>
    /// <param name="seats">Seats of each team; null without a limit.</param>
    /// <param name="taken">People with a seat, by team.</param>
    /// <param name="released">Seats given back, by team.</param>
    public TeamBook(int? seats, Dictionary<Guid, int> taken, Dictionary<Guid, int> released)
    {
        (_seats, _taken, _released) = (seats, taken, released);
        _common = released.Values.Sum() - taken.Sum(team => Math.Max(0, team.Value - OwnSeats(team.Key)));
    }

    /// <summary>Takes a seat for somebody of the team, its own first; false when there is none.</summary>
    public bool TryTake(Guid team)
    {
        if (_seats is null)
        {
            return true;
        }

        var taken = _taken.GetValueOrDefault(team);
        if (taken >= OwnSeats(team))
        {
            if (_common <= 0)
            {
                return false;
            }

            _common--;
        }

        _taken[team] = taken + 1;
        return true;
    }

    private int OwnSeats(Guid team) => Math.Max(0, (_seats ?? 0) - _released.GetValueOrDefault(team));
}
