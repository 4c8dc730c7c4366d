using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Draws the questions of an attempt.</summary>
internal static class QuizDraw
{
    /// <summary>So many questions in random order, spread over the lessons, each with its options shuffled.</summary>
    public static List<DrawnQuestion> Make(Question[] questions, int count, Random random)
    {
        random.Shuffle(questions);
        // One from each lesson in turn, so that no lesson is left out while another is asked about three times.
        var spread = questions.GroupBy(question => question.LessonId)
            .SelectMany(lesson => lesson.Select((question, round) => (question, round)))
            .OrderBy(pair => pair.round).Select(pair => pair.question).Take(Math.Max(1, count)).ToArray();
        random.Shuffle(spread);
        return [.. spread.Select(question => new DrawnQuestion(question.Id, Shown(question, random)))];
    }

    private static int[] Shown(Question question, Random random)
    {
        var options = question.ReadOptions();
        int[] order = question.Type switch
        {
            QuestionType.ShortAnswer => [],
            QuestionType.Match => [.. Enumerable.Range(0, options.Count).DistinctBy(index => options[index].Pair)],
            _ => [.. Enumerable.Range(0, options.Count)],
        };
        if (question.Type == QuestionType.TrueFalse)
        {
            // "Đúng" stays before "Sai".
            return order;
        }

        do
        {
            random.Shuffle(order);
        }
        while (question.Type == QuestionType.Order && order.Length > 1 && order.Index().All(step => step.Index == step.Item));
        return order;
    }
}
