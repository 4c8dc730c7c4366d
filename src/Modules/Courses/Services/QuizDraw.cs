using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Draws the questions of an attempt.</summary>
internal static class QuizDraw
{
    /// <summary>So many questions in random order, spread over the lessons, each with its options shuffled ("Đúng" stays before "Sai").</summary>
    public static List<DrawnQuestion> Make(Question[] questions, int count, Random random)
    {
        random.Shuffle(questions);
        // One from each lesson in turn, so that no lesson is left out while another is asked about three times.
        var spread = questions.GroupBy(question => question.LessonId)
            .SelectMany(lesson => lesson.Select((question, round) => (question, round)))
            .OrderBy(pair => pair.round).Select(pair => pair.question).Take(Math.Max(1, count)).ToArray();
        random.Shuffle(spread);
        return [.. spread.Select(question =>
        {
            int[] order = [.. Enumerable.Range(0, question.ReadOptions().Count)];
            if (question.Type != QuestionType.TrueFalse)
            {
                random.Shuffle(order);
            }

            return new DrawnQuestion(question.Id, order);
        })];
    }
}
