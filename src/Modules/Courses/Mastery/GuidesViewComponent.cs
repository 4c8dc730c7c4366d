using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Mastery;

/// <summary>Zone "team": who may guide others in which topic (R25). Only whoever has shown all skills of a course on it, to a leader or in its test, is named; one's own word is not enough.</summary>
public sealed class GuidesViewComponent(SiteDbContext db, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var cancellationToken = HttpContext.RequestAborted;
        var courses = await db.Courses.AsNoTracking().Where(course => course.State == CourseState.Published && course.Skills.Count > 0)
            .OrderBy(course => course.Topic.Order).Select(course => new { course.Id, course.TopicCode, course.Topic.Name, course.QuizProvesSkills, Skills = course.Skills.Count }).ToListAsync(cancellationToken);
        var people = (await db.Memberships.AsNoTracking().On(clock.Today()).Where(membership => membership.TeamId == context.SubjectId)
            .OrderBy(membership => membership.Person.SortName).Select(membership => new { membership.PersonId, membership.Person.FullName }).ToListAsync(cancellationToken)).DistinctBy(person => person.PersonId).ToList();
        Guid[] ids = [.. people.Select(person => person.PersonId)];
        var confirmed = await db.SkillMasteries.AsNoTracking().Where(mastery => EF.Parameter(ids).Contains(mastery.PersonId) && mastery.ConfirmedUtc != null)
            .Select(mastery => new { mastery.PersonId, mastery.Skill.CourseId }).ToListAsync(cancellationToken);
        var tested = await db.QuizAttempts.AsNoTracking().Where(attempt => EF.Parameter(ids).Contains(attempt.PersonId) && attempt.State == AttemptState.Passed && attempt.Course.QuizProvesSkills)
            .Select(attempt => new { attempt.PersonId, attempt.CourseId }).ToListAsync(cancellationToken);
        var mastered = StepProof.OfAll(confirmed.Select(row => new StepProof(row.PersonId, row.CourseId, default)), courses.ToDictionary(course => course.Id, course => course.Skills))
            .Select(proof => (proof.PersonId, proof.CourseId)).Concat(tested.Select(row => (row.PersonId, row.CourseId))).ToHashSet();
        var topics = courses.GroupBy(course => (course.TopicCode, course.Name))
            .Select(topic => new TopicGuides(topic.Key.TopicCode, topic.Key.Name, [.. people.Where(person => topic.Any(course => mastered.Contains((person.PersonId, course.Id)))).Select(person => person.FullName)]))
            .Where(topic => topic.Names.Count > 0).ToList();
        return people.Count == 0 || courses.Count == 0 ? Content("") : View(topics);
    }
}

/// <summary>A topic and who of the team may guide others in it.</summary>
public sealed record TopicGuides(string TopicCode, string TopicName, IReadOnlyList<string> Names);

/// <summary>Zone "person": leads a leader to where skills are confirmed and results on paper written down.</summary>
public sealed class MemberLearningLinkViewComponent(SiteDbContext db, MemberLearningReader reader) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (context.SubjectId is not { } person || !await reader.MayWriteAsync(person, HttpContext.RequestAborted))
        {
            return Content("");
        }

        return View("Default", await db.People.Where(row => row.Id == person).Select(row => row.Code).SingleAsync(HttpContext.RequestAborted));
    }
}
