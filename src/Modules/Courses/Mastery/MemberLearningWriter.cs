using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Mastery;

/// <summary>Writes down what a leader says of a member in a course: skills, results and lessons on paper, all or nothing, and what follows from them.</summary>
public sealed class MemberLearningWriter(MasteryService mastery, PaperResultService papers, CompletionService completions)
{
    /// <summary>Writes what the form changed.</summary>
    /// <returns>The results that were written, without those taken back.</returns>
    internal async Task<Result<List<QuizAttempt>>> WriteAsync(Guid personId, Course course, MemberLearningForm form, CancellationToken cancellationToken)
    {
        var faults = await papers.CheckAsync(course, form.Results, cancellationToken);
        return faults.Count > 0 ? faults : await completions.WriteAsync<Result<List<QuizAttempt>>>(
            personId,
            async () =>
            {
                var results = await papers.WriteQuizzesAsync(personId, course, form.Results, cancellationToken);
                if (!results.Succeeded)
                {
                    return results;
                }

                await mastery.TakeConfirmationsAsync(personId, course, new(form.Skills, form.ShownSkills), cancellationToken);
                await papers.WriteLessonsAsync(personId, course, new(form.Lessons, form.ShownLessons), cancellationToken);
                await completions.RecomputeAsync(course, [personId], cancellationToken);
                return results;
            },
            cancellationToken);
    }
}
