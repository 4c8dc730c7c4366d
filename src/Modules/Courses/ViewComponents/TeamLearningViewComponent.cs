using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.ViewComponents;

/// <summary>Zone "team": who has completed what and who lacks what, for those who may see learning there.</summary>
public sealed class TeamLearningViewComponent(SiteDbContext db, CurrentUser user, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var cancellationToken = HttpContext.RequestAborted;
        var path = await db.Teams.Where(team => team.Id == context.SubjectId).Select(team => team.Unit.Path).SingleOrDefaultAsync(cancellationToken);
        if (path is null || !user.Can(Permissions.ViewLearning, path))
        {
            return Content("");
        }

        var courses = await db.Courses.AsNoTracking().Where(course => course.State == CourseState.Published)
            .OrderBy(course => course.Topic.Order).ThenBy(course => course.Title).Select(course => new TeamCourse(course.Id, course.Slug, course.Title, course.TopicCode)).ToListAsync(cancellationToken);
        var people = await db.Memberships.On(clock.Today()).Where(membership => membership.TeamId == context.SubjectId)
            .OrderBy(membership => membership.Person.SortName).Select(membership => new { membership.PersonId, membership.Person.Code, membership.Person.FullName }).Distinct().ToListAsync(cancellationToken);
        Guid[] ids = [.. people.Select(person => person.PersonId)];
        var completed = (await db.Completions.Current(clock.UtcNow()).Where(completion => ids.Contains(completion.PersonId)).Select(completion => new { completion.PersonId, completion.CourseId }).ToListAsync(cancellationToken))
            .Select(row => (row.PersonId, row.CourseId)).ToHashSet();
        var started = (await db.LessonProgress.Where(progress => ids.Contains(progress.PersonId)).Select(progress => new { progress.PersonId, progress.Lesson.CourseId }).Distinct().ToListAsync(cancellationToken))
            .Select(row => (row.PersonId, row.CourseId)).ToHashSet();
        return courses.Count == 0 || people.Count == 0
            ? Content("")
            : View(new TeamMatrix(courses, [.. people.Select(person => new TeamMemberRow(
                person.Code,
                person.FullName,
                [.. courses.Select(course => completed.Contains((person.PersonId, course.Id)) ? TeamCell.Completed : started.Contains((person.PersonId, course.Id)) ? TeamCell.Started : TeamCell.None)]))]));
    }
}

/// <summary>A course of the matrix.</summary>
public sealed record TeamCourse(Guid Id, string Slug, string Title, string TopicCode);

/// <summary>People against courses.</summary>
public sealed record TeamMatrix(IReadOnlyList<TeamCourse> Courses, IReadOnlyList<TeamMemberRow> Rows);

/// <summary>One person's row, a cell for each course.</summary>
public sealed record TeamMemberRow(string Code, string Name, IReadOnlyList<TeamCell> Cells);

/// <summary>Where a person is in a course.</summary>
public enum TeamCell
{
    /// <summary>Not begun.</summary>
    None,

    /// <summary>Begun.</summary>
    Started,

    /// <summary>Completed.</summary>
    Completed,
}
