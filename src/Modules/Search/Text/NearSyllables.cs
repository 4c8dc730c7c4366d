using System.Collections.Concurrent;

namespace TrainingSite.Search.Text;

/// <summary>One thing that a seen word may stand for.</summary>
/// <param name="Id">Id in the statistics; -1 for the word as it stands.</param>
/// <param name="Cost">How far it lies from what is seen.</param>
internal readonly record struct NearSyllable(int Id, float Cost);

/// <summary>Finds the syllables that a misread or mistyped word may stand for, best first, and remembers them.</summary>
internal sealed class NearSyllables(LanguageStatistics statistics)
{
    private const int MostProposals = 8;
    private const int MostRemembered = 100_000;

    private readonly int[] _proposable = [.. statistics.Proposable];
    private readonly ConcurrentDictionary<string, NearSyllable[]> _remembered = new(StringComparer.Ordinal);

    /// <summary>The proposals for a word; the word itself is among them when it was ever seen.</summary>
    public NearSyllable[] Of(string word)
    {
        if (_remembered.TryGetValue(word, out var known))
        {
            return known;
        }

        if (_remembered.Count > MostRemembered)
        {
            _remembered.Clear();
        }

        return _remembered[word] = Find(word);
    }

    private NearSyllable[] Find(string word)
    {
        var near = new List<NearSyllable>();
        foreach (var id in _proposable)
        {
            var name = statistics.NameOf(id);
            var limit = name.Length switch { <= 2 => 1f, 3 => 1.25f, 4 => 1.5f, _ => 1.8f };
            var cost = name == word ? 0 : Misreading.Distance(word, name, limit);
            if (cost <= limit)
            {
                near.Add(new(id, cost));
            }
        }

        var best = near.OrderBy(proposal => proposal.Cost - (.12 * Math.Log(1 + statistics.CountOf(proposal.Id).Clean)))
            .ThenBy(proposal => statistics.NameOf(proposal.Id), StringComparer.Ordinal)
            .Take(MostProposals).ToList();
        var self = statistics.Find(word);
        if (self >= 0 && !best.Exists(proposal => proposal.Id == self))
        {
            best.Add(new(self, 0));
        }

        return [.. best];
    }
}
