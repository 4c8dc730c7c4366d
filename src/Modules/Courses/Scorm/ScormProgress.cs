using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Scorm;

/// <summary>
/// Keeps what packages say of people. A package whose parts are all done finishes its lesson; the completion that follows is saved in the same transaction.
/// Sending the same save again changes nothing, and of two openings only the later one writes; but a part that was done in the earlier one is done.
/// </summary>
public sealed class ScormProgress(SiteDbContext db, PackageAddress addresses, ProgressService progress, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>What a part starts from when nobody's progress is kept: for visitors and authors.</summary>
    public ScormLaunch Start(KnownPackage package, ScormItem item) => Launch(package, item, new() { PackageSha256 = package.Sha256, Item = item.Number }, learner: "");

    /// <summary>Opens a part for a person, who goes on where they stopped.</summary>
    public async Task<ScormLaunch> OpenAsync(Guid person, Guid lesson, KnownPackage package, ScormItem item, CancellationToken cancellationToken)
    {
        ScormState state = null!;
        await db.InTransactionAsync(
            async () =>
            {
                await PersonLock.TakeAsync(db, person, cancellationToken);
                var now = clock.UtcNow();
                await db.Database.ExecuteSqlAsync(
                    $"""
                     INSERT INTO "Courses_ScormState" ("PersonId", "LessonId", "PackageSha256", "Item", "Session", "Sequence", "Status", "Success", "Location", "SuspendData", "IsSuspended", "EarlierSeconds", "SessionSeconds", "OpenedUtc", "SavedUtc")
                     VALUES ({person}, {lesson}, {package.Sha256}, {item.Number}, 0, 0, {nameof(ScormStatus.NotAttempted)}, {nameof(ScormSuccess.Unknown)}, '', '', {false}, 0, 0, {now}, {now})
                     ON CONFLICT DO NOTHING
                     """,
                    cancellationToken);
                await Of(person, lesson, package, item).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Session, row => row.Session + 1).SetProperty(row => row.Sequence, 0)
                        .SetProperty(row => row.EarlierSeconds, row => row.EarlierSeconds + row.SessionSeconds).SetProperty(row => row.SessionSeconds, 0),
                    cancellationToken);
                if (!item.IsSco)
                {
                    // It says nothing of itself: seen is done.
                    await FinishAsync(person, lesson, package, item, cancellationToken);
                }

                state = await Of(person, lesson, package, item).AsNoTracking().SingleAsync(cancellationToken);
            },
            cancellationToken);
        // The content gets a name for the learner that means nothing anywhere else.
        return Launch(package, item, state, Convert.ToHexStringLower(SHA256.HashData([.. person.ToByteArray(), .. lesson.ToByteArray()]))[..16]);
    }

    /// <summary>Saves what a part said.</summary>
    public async Task<Result<ScormSaved>> SaveAsync(Guid person, Guid lesson, KnownPackage package, ScormItem item, ScormCommit commit, CancellationToken cancellationToken)
    {
        if (!item.IsSco || !commit.Fits(package.Edition) || commit.Seconds(package.Edition) is not { } seconds)
        {
            return new Fault("scorm_commit_invalid", T["Gói gửi về dữ liệu không đúng chuẩn SCORM, nên chưa lưu được. Hãy báo người soạn khóa học."]);
        }

        Result<ScormSaved>? result = null;
        await db.InTransactionAsync(
            async () =>
            {
                // Two last parts done in one moment: the later of them sees the earlier, and so the package done.
                await PersonLock.TakeAsync(db, person, cancellationToken);
                var (location, suspendData, now) = (Clean(commit.Location), Clean(commit.SuspendData), clock.UtcNow());
                var rows = Of(person, lesson, package, item);
                var saved = await rows.Where(row => row.Session == commit.Session && row.Sequence < commit.Sequence).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Sequence, commit.Sequence).SetProperty(row => row.Status, commit.Status).SetProperty(row => row.Success, commit.Success)
                        .SetProperty(row => row.ScoreRaw, commit.ScoreRaw).SetProperty(row => row.ScoreMin, commit.ScoreMin).SetProperty(row => row.ScoreMax, commit.ScoreMax).SetProperty(row => row.ScoreScaled, commit.ScoreScaled)
                        .SetProperty(row => row.Location, location).SetProperty(row => row.SuspendData, suspendData).SetProperty(row => row.IsSuspended, commit.Suspended)
                        .SetProperty(row => row.SessionSeconds, seconds).SetProperty(row => row.SavedUtc, now),
                    cancellationToken);
                var state = await rows.Select(row => new { row.Session, IsDone = row.DoneUtc != null }).SingleOrDefaultAsync(cancellationToken);
                var isDone = commit.IsDone(package.Edition) && (saved > 0 || commit.Session < state?.Session);
                if (isDone)
                {
                    await FinishAsync(person, lesson, package, item, cancellationToken);
                }

                result = state is not null && (isDone || commit.Session == state.Session)
                    ? new ScormSaved(isDone || state.IsDone, await db.Set<Models.LessonProgress>().AnyAsync(row => row.PersonId == person && row.LessonId == lesson && row.FinishedUtc != null, cancellationToken))
                    : new Fault("scorm_opened_elsewhere", T["Phần này vừa được mở ở nơi khác, nên chỗ này không lưu nữa. Tải lại trang để học tiếp ở đây."], Kind: FaultKind.Conflict);
            },
            cancellationToken);
        return result!;
    }

    /// <summary>Which parts of a package a person has begun, by number; without what the content remembers, which may be long.</summary>
    public Task<Dictionary<int, BegunPart>> ListAsync(Guid person, Guid lesson, string package, CancellationToken cancellationToken) =>
        db.ScormStates.Where(row => row.PersonId == person && row.LessonId == lesson && row.PackageSha256 == package)
            .Select(row => new BegunPart(row.Item, row.DoneUtc, row.Status, row.Success, row.ScoreRaw, row.ScoreMax, row.ScoreScaled)).ToDictionaryAsync(row => row.Item, cancellationToken);

    /// <summary>The part is done; with the last of them the lesson is finished.</summary>
    private async Task FinishAsync(Guid person, Guid lesson, KnownPackage package, ScormItem item, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        await Of(person, lesson, package, item).Where(row => row.DoneUtc == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.DoneUtc, now), cancellationToken);
        if (await db.ScormStates.CountAsync(row => row.PersonId == person && row.LessonId == lesson && row.PackageSha256 == package.Sha256 && row.DoneUtc != null, cancellationToken) == package.Parts.Count)
        {
            await progress.FinishAsync(person, lesson, cancellationToken);
        }
    }

    private IQueryable<ScormState> Of(Guid person, Guid lesson, KnownPackage package, ScormItem item) =>
        db.ScormStates.Where(row => row.PersonId == person && row.LessonId == lesson && row.PackageSha256 == package.Sha256 && row.Item == item.Number);

    private ScormLaunch Launch(KnownPackage package, ScormItem item, ScormState state, string learner) => new(
        string.Create(CultureInfo.InvariantCulture, $"/scorm/{addresses.TokenOf(package.Sha256)}/{string.Join('/', item.Path!.Split('/').Select(Uri.EscapeDataString))}{item.Query}"),
        package.Sha256, state.Session, learner, user.Name, state.Status, state.Success, state.ScoreRaw, state.ScoreMin, state.ScoreMax, state.ScoreScaled,
        state.Location, state.SuspendData, state.IsSuspended, state.EarlierSeconds, item.MasteryScore, item.PassingScore, item.LaunchData);

    /// <summary>What no database takes, out of texts that else stay as the content wrote them.</summary>
    private static string Clean(string? text) => text is null ? "" : string.Concat(text.EnumerateRunes().Where(rune => rune.Value is not 0));
}
