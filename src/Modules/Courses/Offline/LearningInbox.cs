using System.Data.Common;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Offline;

/// <summary>
/// Takes what a person did on a device without a network. Each item has an id that the device made and an answer of its own; each is committed by
/// itself, so that a batch that was cut leaves some of it done and the rest to be sent again.
/// </summary>
public sealed class LearningInbox(SiteDbContext db, ProgressService progress, QuizPapers papers, IOptions<CourseOptions> options, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Most items of one batch.</summary>
    public const int MostItems = 200;

    /// <summary>Most letters of a device's name.</summary>
    private const int LongestDevice = 60;

    /// <summary>A slow network looks like a clock that is behind; so much is no fault of the clock.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether that can be what a device calls itself.</summary>
    internal static bool IsDevice(string? name) => name is { Length: > 0 and <= LongestDevice } && !name.Contains('\0', StringComparison.Ordinal);

    /// <summary>Stores the items of one person on one device.</summary>
    /// <param name="personId">Whose they are; null when the batch is somebody else's than whoever sends it.</param>
    /// <param name="batch">The items.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>An answer for each item; a fault when the batch is not this reader's.</returns>
    public async Task<Result<IReadOnlyList<LearningAnswer>>> TakeAsync(Guid? personId, LearningBatch? batch, CancellationToken cancellationToken)
    {
        if (batch is not { Items: { Count: <= MostItems } items, Device: { } device } || !IsDevice(device))
        {
            return new Fault("batch_invalid", T["Máy gửi chưa đúng mẫu. Hãy mở lại trang rồi gửi lại; phần học vẫn còn trên máy."]);
        }

        if (personId is not { } person)
        {
            return new Fault("other_account", T["Phần học này là của tài khoản khác. Nó vẫn ở trên máy và chờ người ấy đăng nhập."], Kind: FaultKind.Forbidden);
        }

        var now = clock.UtcNow();
        var ahead = batch.SentAt is { } sent && (now - sent.UtcDateTime).Duration() > Tolerance ? now - sent.UtcDateTime : TimeSpan.Zero;
        var pairs = items.Select(element => (Element: element, Item: LearningItem.TryRead(element))).ToList();
        var answers = pairs.Where(pair => pair.Item is null).Select(pair => Refuse(LearningItem.ReadId(pair.Element), "item_invalid")).ToList();
        var read = pairs.Select(pair => pair.Item).OfType<LearningItem>().OrderBy(item => item.At).ThenBy(item => item.Id).ToList();
        Guid[] ids = [.. read.Select(item => item.Id)], lessonIds = [.. read.Select(item => item.Lesson).OfType<Guid>().Distinct()];
        var known = await db.LearningEvents.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.PersonId, cancellationToken);
        var lessons = await db.Lessons.AsNoTracking().Where(lesson => lessonIds.Contains(lesson.Id) && lesson.Course.State == CourseState.Published)
            .ToDictionaryAsync(lesson => lesson.Id, lesson => (lesson.CourseId, IsPackage: lesson.PackageSha256 != null), cancellationToken);
        foreach (var item in read)
        {
            var at = Shift(item.At.UtcDateTime, ahead, now);
            answers.Add(known.TryGetValue(item.Id, out var owner) ? await RepeatAsync(item, person, owner, cancellationToken)
                : at < now.AddDays(-options.Value.OfflineDays) ? Refuse(item.Id, "too_old")
                : item.Kind == LearningKind.Quiz ? await HandInAsync(item, person, device, at, Shift((item.Started ?? item.At).UtcDateTime, ahead, at), cancellationToken)
                : await ReadAsync(item, person, device, at, lessons, cancellationToken));
        }

        return answers;
    }

    private async Task<LearningAnswer> ReadAsync(LearningItem item, Guid person, string device, DateTime at, Dictionary<Guid, (Guid CourseId, bool IsPackage)> lessons, CancellationToken cancellationToken)
    {
        if (item.Lesson is not { } lesson || !ProgressService.IsAnchor(item.Anchor))
        {
            return Refuse(item.Id, "item_invalid");
        }

        if (!lessons.TryGetValue(lesson, out var known))
        {
            return Refuse(item.Id, "lesson_gone");
        }

        if (known.IsPackage && item.Kind == LearningKind.Finish)
        {
            return Refuse(item.Id, "lesson_package");
        }

        return await AloneAsync(
            async () =>
            {
                if (!await NoteAsync(item, person, known.CourseId, device, at, cancellationToken))
                {
                    return await RepeatAsync(item, person, null, cancellationToken);
                }

                if (item.Kind == LearningKind.Finish)
                {
                    await progress.FinishAsync(person, lesson, at, cancellationToken);
                    return new(item.Id, LearningOutcome.Recorded);
                }

                await progress.OpenAsync(person, lesson, at, cancellationToken);
                if (item.Kind == LearningKind.Position)
                {
                    await progress.RememberAsync(person, lesson, item.Anchor, at, cancellationToken);
                }

                return new(item.Id, LearningOutcome.Recorded);
            },
            cancellationToken);
    }

    private async Task<LearningAnswer> HandInAsync(LearningItem item, Guid person, string device, DateTime at, DateTime started, CancellationToken cancellationToken)
    {
        if (item is not { Paper: { } paperId, Answers: { } answers })
        {
            return Refuse(item.Id, "item_invalid");
        }

        return await AloneAsync(
            async () =>
            {
                await PersonLock.TakeAsync(db, person, cancellationToken);
                var paper = await papers.FindAsync(person, paperId, cancellationToken);
                if (!paper.Succeeded)
                {
                    return Refuse(item.Id, paper.Faults[0]);
                }

                if (!await NoteAsync(item, person, paper.Value.CourseId, device, at, cancellationToken))
                {
                    return await RepeatAsync(item, person, null, cancellationToken);
                }

                var attempt = await papers.HandInAsync(paper.Value, item.Id, answers, started, at, cancellationToken);
                if (!attempt.Succeeded)
                {
                    return Refuse(item.Id, attempt.Faults[0]);
                }

                await db.SaveChangesAsync(cancellationToken);
                return new(item.Id, LearningOutcome.Recorded, Score: ScoreOf(attempt.Value));
            },
            cancellationToken);
    }

    /// <summary>One item in a transaction of its own, committed when it was recorded. Whatever another device, tab or author did at the same moment, it is looked at anew after it.</summary>
    private async Task<LearningAnswer> AloneAsync(Func<Task<LearningAnswer>> take, CancellationToken cancellationToken)
    {
        for (var again = 3; ; again--)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            try
            {
                var answer = await take();
                if (answer.Outcome == LearningOutcome.Recorded)
                {
                    await transaction.CommitAsync(cancellationToken);
                }

                return answer;
            }
            catch (Exception meanwhile) when (again > 0 && meanwhile is DbUpdateException or DbException)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Notes the item; false when its id is known already.</summary>
    private async Task<bool> NoteAsync(LearningItem item, Guid person, Guid course, string device, DateTime at, CancellationToken cancellationToken)
    {
        var (kind, now) = (item.Kind.ToString(), clock.UtcNow());
        return await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO "Courses_LearningEvent" ("Id", "PersonId", "CourseId", "Kind", "AtUtc", "ReceivedUtc", "Device") VALUES ({item.Id}, {person}, {course}, {kind}, {at}, {now}, {device})
             ON CONFLICT ("Id") DO NOTHING
             """,
            cancellationToken) == 1;
    }

    private async Task<LearningAnswer> RepeatAsync(LearningItem item, Guid person, Guid? owner, CancellationToken cancellationToken)
    {
        owner ??= await db.LearningEvents.Where(row => row.Id == item.Id).Select(row => row.PersonId).SingleAsync(cancellationToken);
        if (owner != person)
        {
            return Refuse(item.Id, "id_taken");
        }

        var attempt = item.Kind == LearningKind.Quiz ? await db.QuizAttempts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == item.Id, cancellationToken) : null;
        return new(item.Id, LearningOutcome.Duplicate, Score: attempt is null ? null : ScoreOf(attempt));
    }

    private static LearningScore ScoreOf(QuizAttempt attempt) => new(attempt.Number, attempt.Correct, attempt.Total, attempt.State == AttemptState.Passed);

    /// <summary>The time put right, never later than the latest possible; to the millisecond, which both databases keep.</summary>
    private static DateTime Shift(DateTime at, TimeSpan by, DateTime latest)
    {
        var ticks = Math.Min(Math.Max(0, at.Ticks + by.Ticks), latest.Ticks);
        return new(ticks - (ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
    }

    private LearningAnswer Refuse(Guid id, Fault fault) => new(id, LearningOutcome.Rejected, fault.Code, fault.Message);

    private LearningAnswer Refuse(Guid id, string reason) => new(id, LearningOutcome.Rejected, reason, reason switch
    {
        "too_old" => T["Việc này ghi trên máy đã quá {0} ngày nên không còn được nhận. Hãy mở lại bài khi có mạng.", options.Value.OfflineDays],
        "lesson_gone" => T["Bài này không còn trong khóa học vì khóa học đã được đăng lại. Hãy cập nhật khóa học trên máy."],
        "lesson_package" => T["Bài này là gói học: gói tự báo khi bạn học xong. Hãy mở bài khi có mạng."],
        "id_taken" => T["Việc này trùng số với việc của người khác. Hãy làm lại."],
        _ => T["Máy chủ không đọc được việc này. Hãy làm lại."],
    });
}
