using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Topics;
using TrainingSite.Reports.Models;

namespace TrainingSite.Courses.Reports;

/// <summary>How far the members of an area are in each course.</summary>
internal sealed class CourseProgressReport(SiteDbContext db, ReportArea areas, IStringLocalizer<Strings> T) : IReport
{
    public string Id => "course-progress";

    public string Title => T["Tiến độ học theo khóa"];

    public string Description => T["Mỗi khóa học có bao nhiêu người bắt đầu, đọc hết bài, đạt bài kiểm tra và hoàn thành?"];

    public Permission Permission => Permissions.ViewLearning;

    public ReportFilters Filters => ReportFilters.AsOf | ReportFilters.Unit;

    public async Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var found = await areas.FindAsync(query, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var end = VietnamTime.ToUtc(query.AsOf.AddDays(1).ToDateTime(TimeOnly.MinValue));
        var people = areas.Members(found.Value, query.AsOf).Select(membership => membership.PersonId).Distinct();
        var members = await people.CountAsync(cancellationToken);
        var courses = await db.Courses.AsNoTracking().Where(course => course.State == CourseState.Published)
            .OrderBy(course => course.Topic.Order).ThenBy(course => course.Title)
            .Select(course => new { course.Id, course.Slug, course.Title, course.TopicCode, Lessons = course.Lessons.Count }).ToListAsync(cancellationToken);
        var progress = db.LessonProgress.Where(row => row.OpenedUtc < end && people.Contains(row.PersonId));
        var started = await progress.GroupBy(row => row.Lesson.CourseId)
            .Select(group => new { CourseId = group.Key, Count = group.Select(row => row.PersonId).Distinct().Count() }).ToDictionaryAsync(row => row.CourseId, row => row.Count, cancellationToken);
        var read = (await progress.Where(row => row.FinishedUtc != null && row.FinishedUtc < end)
            .GroupBy(row => new { row.Lesson.CourseId, row.PersonId }).Select(group => new { group.Key.CourseId, Lessons = group.Count() })
            .GroupBy(row => row).Select(group => new { group.Key.CourseId, group.Key.Lessons, Count = group.Count() }).ToListAsync(cancellationToken)).ToLookup(row => row.CourseId);
        var passed = await db.QuizAttempts.Where(attempt => attempt.State == AttemptState.Passed && attempt.FinishedUtc < end && people.Contains(attempt.PersonId)).GroupBy(attempt => attempt.CourseId)
            .Select(group => new { CourseId = group.Key, Count = group.Select(attempt => attempt.PersonId).Distinct().Count() }).ToDictionaryAsync(row => row.CourseId, row => row.Count, cancellationToken);
        var completed = await db.Completions.On(query.AsOf).Where(completion => people.Contains(completion.PersonId)).GroupBy(completion => completion.CourseId)
            .Select(group => new { CourseId = group.Key, Count = group.Select(completion => completion.PersonId).Distinct().Count() }).ToDictionaryAsync(row => row.CourseId, row => row.Count, cancellationToken);
        var topicNames = await db.GetTopicNamesAsync(query.AsOf, cancellationToken);
        var most = courses.MaxBy(course => completed.GetValueOrDefault(course.Id));
        return new ReportTable(
            most is null
                ? T["Chưa có khóa học nào được đăng."]
                : T["Đến {0}, khóa “{1}” có nhiều người hoàn thành nhất: {2} trong {3} thành viên của {4}.", query.AsOf.ToDateText(), most.Title, completed.GetValueOrDefault(most.Id).ToVietnamese(), members.ToVietnamese(), found.Value.Name],
            [
                new("course", T["Mã khóa học"]),
                new("title", T["Khóa học"]),
                new("topic", T["Chuyên đề"]),
                new("topic_name", T["Tên chuyên đề"]),
                new("members", T["Thành viên"], ReportColumnKind.Number),
                new("started", T["Đã bắt đầu"], ReportColumnKind.Number),
                new("read_all", T["Đọc hết bài"], ReportColumnKind.Number),
                new("passed_quiz", T["Đạt bài kiểm tra"], ReportColumnKind.Number),
                new("completed", T["Hoàn thành"], ReportColumnKind.Number),
                new("completed_share", T["Tỷ lệ hoàn thành"], ReportColumnKind.Percent),
            ],
            [.. courses.Select(course => (IReadOnlyList<object?>)
            [
                course.Slug,
                course.Title,
                course.TopicCode,
                topicNames[course.TopicCode],
                members,
                started.GetValueOrDefault(course.Id),
                read[course.Id].Where(row => row.Lessons >= course.Lessons).Sum(row => row.Count),
                passed.GetValueOrDefault(course.Id),
                completed.GetValueOrDefault(course.Id),
                members == 0 ? null : (double)completed.GetValueOrDefault(course.Id) / members,
            ])])
        {
            Chart = courses.Count > 0 ? new("title", ["completed"]) : null,
            RowLinks = [.. courses.Select(course => $"/courses/{course.Slug}")],
        };
    }
}
