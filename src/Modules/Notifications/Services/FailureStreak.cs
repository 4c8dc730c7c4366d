using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Services;

/// <summary>
/// Failures in a row with different recipients. Some servers answer a wrong password as if the recipient did not exist, so when everybody
/// fails it is the server, not the people.
/// </summary>
internal sealed class FailureStreak
{
    /// <summary>So many in a row, and sending stops.</summary>
    public const int Limit = 5;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<long> _givenUp = [];

    /// <summary>Whether the limit is reached.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The last reason.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Ids of the messages of the streak that were given up.</summary>
    public IReadOnlyCollection<long> GivenUp => _givenUp;

    /// <summary>One went: the server works.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            if (!IsBroken)
            {
                _addresses.Clear();
                _givenUp.Clear();
            }
        }
    }

    /// <summary>One more failed.</summary>
    public void Add(Message message, bool givenUp, string reason)
    {
        lock (_lock)
        {
            Reason = reason;
            _addresses.Add(message.Address!);
            if (givenUp)
            {
                _givenUp.Add(message.Id);
            }

            IsBroken |= _addresses.Count >= Limit;
        }
    }
}
