namespace TrainingSite.Search.Text;

/// <summary>How good a passage is.</summary>
/// <param name="Score">From 0 to about 1.8; 0 is no match.</param>
/// <param name="Via">The reading of the query that matched best.</param>
internal readonly record struct PassageScore(double Score, ReadingKind Via);

/// <summary>
/// The one ranking rule. For each reading of the query: the share of syllables and pairs that the passage holds (BM25), times the share
/// of the query's weight that is covered. A match with the right marks counts more than one with others, a repaired or near one less.
/// </summary>
internal sealed class PassageRanker
{
    private const double Saturation = 1.6;

    private readonly QueryPlan _plan;
    private readonly double _averageLength;
    private readonly TermPositions _positions;

    public PassageRanker(QueryPlan plan, double averageLength)
    {
        _plan = plan;
        _averageLength = averageLength;
        _positions = new TermPositions(plan);
    }

    /// <summary>Scores one passage.</summary>
    public PassageScore Score(string keys, string? reading, int titleLength)
    {
        var length = _positions.Read(keys, reading);
        var norm = 1 - Scoring.LengthInfluence + (Scoring.LengthInfluence * length / _averageLength);
        var best = default(PassageScore);
        foreach (var queryReading in _plan.Readings)
        {
            var score = Score(queryReading, titleLength, norm) * queryReading.Weight;
            if (score > best.Score)
            {
                best = new(score, queryReading.Kind);
            }
        }

        return best;
    }

    private double Score(QueryReading reading, int titleLength, double norm)
    {
        double sum = 0, covered = 0, weight = 0;
        var matched = 0;
        for (var at = 0; at < reading.Terms.Length; at++)
        {
            weight += reading.SyllableWeights[at];
            var (frequency, quality) = Count(_positions.Of(reading.Terms[at]), titleLength);
            if (frequency > 0)
            {
                matched++;
                covered += reading.SyllableWeights[at] * quality;
                sum += Scoring.SyllableShare * reading.SyllableWeights[at] * quality * Saturate(frequency, norm);
            }
        }

        if (matched == 0)
        {
            return 0;
        }

        for (var at = 0; at + 1 < reading.Terms.Length; at++)
        {
            var frequency = CountPairs(_positions.Of(reading.Terms[at]), _positions.Of(reading.Terms[at + 1]), titleLength);
            sum += frequency > 0 ? Scoring.PairShare * reading.PairWeights[at] * Saturate(frequency, norm) : 0;
        }

        var coverage = covered / weight;
        var score = sum / reading.Reachable * coverage;
        return reading.Terms.Length == 1 ? score
            : score + (Scoring.WindowShare * (matched > 1 ? _positions.Tightness(reading.Terms) : 1) * coverage * coverage);
    }

    private static double Saturate(double frequency, double norm) => frequency / (frequency + norm) * Saturation;

    private static (double Frequency, double Quality) Count(List<TermMatch> matches, int titleLength)
    {
        double frequency = 0, quality = 0;
        foreach (var match in matches)
        {
            frequency += match.Quality * (match.Position < titleLength ? Scoring.TitleWeight : 1);
            quality = Math.Max(quality, match.Quality);
        }

        return (frequency, quality);
    }

    /// <summary>Neighbours count in full; with one or two words between them less.</summary>
    private static double CountPairs(List<TermMatch> first, List<TermMatch> second, int titleLength)
    {
        var frequency = 0.0;
        var next = 0;
        foreach (var match in first)
        {
            while (next < second.Count && second[next].Position <= match.Position)
            {
                next++;
            }

            if (next == second.Count)
            {
                break;
            }

            var nearness = (second[next].Position - match.Position) switch { 1 => 1, <= 3 => Scoring.GappedPair, _ => 0 };
            frequency += nearness * match.Quality * second[next].Quality * (match.Position < titleLength ? Scoring.TitleWeight : 1);
        }

        return frequency;
    }
}
