using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>What an answer lacks, so that it cannot be taken.</summary>
internal enum AnswerFlaw
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>No option is chosen.</summary>
    NoChoice,

    /// <summary>More options are chosen than one may choose.</summary>
    TooManyChoices,

    /// <summary>Not every step has a place.</summary>
    PlaceMissing,

    /// <summary>Two steps have the same place.</summary>
    PlaceTwice,

    /// <summary>Not every left side has a right one.</summary>
    PairMissing,

    /// <summary>Nothing is typed.</summary>
    NoText,

    /// <summary>More is typed than any answer needs.</summary>
    TextTooLong,
}

/// <summary>Reads answers and marks them. A question is right as a whole or not at all, whatever its kind.</summary>
internal static class QuizGrading
{
    /// <summary>The longest typed answer.</summary>
    public const int LongestText = 200;

    /// <summary>The drawn question with the answer in it, marked; or what the answer lacks.</summary>
    public static (DrawnQuestion Answered, AnswerFlaw Flaw) Take(Question question, DrawnQuestion drawn, QuizAnswer answer)
    {
        var options = question.ReadOptions();
        return question.Type switch
        {
            QuestionType.OneAnswer or QuestionType.TrueFalse or QuestionType.PictureChoice or QuestionType.Scenario => TakeChoices(options, drawn, answer.Choice, most: 1),
            QuestionType.SeveralAnswers => TakeChoices(options, drawn, answer.Choice, most: options.Count),
            QuestionType.Order => TakePlaces(drawn, answer.Place),
            QuestionType.Match => TakePairs(options, drawn, answer.Pair),
            QuestionType.ShortAnswer => TakeText(options, drawn, answer.Text),
        };
    }

    /// <summary>An answer as somebody might give it, for invented progress.</summary>
    public static DrawnQuestion Invent(Question question, DrawnQuestion drawn, bool right)
    {
        var options = question.ReadOptions();
        var all = Enumerable.Range(0, options.Count);
        return drawn with
        {
            R = right,
            T = question.Type != QuestionType.ShortAnswer ? null : right ? options[0].Text : "?",
            A = question.Type switch
            {
                QuestionType.OneAnswer or QuestionType.TrueFalse or QuestionType.PictureChoice or QuestionType.Scenario or QuestionType.SeveralAnswers =>
                    right ? [.. all.Where(index => options[index].Correct)] : [all.First(index => !options[index].Correct)],
                QuestionType.Order => [.. right ? all : all.Reverse()],
                QuestionType.Match => [.. all.Select(index => drawn.O.First(other => options[other].Pair == options[index].Pair == right))],
                QuestionType.ShortAnswer => [],
            },
        };
    }

    private static (DrawnQuestion Answered, AnswerFlaw Flaw) TakeChoices(IReadOnlyList<QuestionOption> options, DrawnQuestion drawn, int[] choices, int most)
    {
        List<int> chosen = [.. choices.Where(shown => shown >= 0 && shown < drawn.O.Count).Select(shown => drawn.O[shown]).Distinct().Order()];
        return chosen.Count == 0 ? (drawn, AnswerFlaw.NoChoice)
            : chosen.Count > most ? (drawn, AnswerFlaw.TooManyChoices)
            : (drawn with { A = chosen, R = Enumerable.Range(0, options.Count).Where(index => options[index].Correct).SequenceEqual(chosen) }, AnswerFlaw.None);
    }

    private static (DrawnQuestion Answered, AnswerFlaw Flaw) TakePlaces(DrawnQuestion drawn, int?[] places)
    {
        if (places.Length != drawn.O.Count || places.Any(place => place is null || place < 1 || place > places.Length))
        {
            return (drawn, AnswerFlaw.PlaceMissing);
        }

        if (places.Distinct().Count() < places.Length)
        {
            return (drawn, AnswerFlaw.PlaceTwice);
        }

        List<int> given = [.. drawn.O.Zip(places).OrderBy(pair => pair.Second).Select(pair => pair.First)];
        return (drawn with { A = given, R = given.SequenceEqual(Enumerable.Range(0, given.Count)) }, AnswerFlaw.None);
    }

    private static (DrawnQuestion Answered, AnswerFlaw Flaw) TakePairs(IReadOnlyList<QuestionOption> options, DrawnQuestion drawn, int?[] pairs)
    {
        if (pairs.Length != options.Count || pairs.Any(pair => pair is null || pair < 0 || pair >= drawn.O.Count))
        {
            return (drawn, AnswerFlaw.PairMissing);
        }

        List<int> given = [.. pairs.Select(pair => drawn.O[pair!.Value])];
        return (drawn with { A = given, R = options.Zip(given).All(pair => pair.First.Pair == options[pair.Second].Pair) }, AnswerFlaw.None);
    }

    private static (DrawnQuestion Answered, AnswerFlaw Flaw) TakeText(IReadOnlyList<QuestionOption> options, DrawnQuestion drawn, string? text)
    {
        var typed = VietnameseText.Clean(text ?? "");
        return typed.Length > LongestText ? (drawn, AnswerFlaw.TextTooLong)
            : !ShortAnswers.HasWords(typed) ? (drawn, AnswerFlaw.NoText)
            : (drawn with { A = [], T = typed, R = options.Any(option => ShortAnswers.Accepts(option.Text, typed)) }, AnswerFlaw.None);
    }
}
