namespace TrainingSite.Courses.Scorm;

/// <summary>Deletes packages that no lesson plays, no earlier version of a course holds and nobody has been in. Those of the last day stay: an import may be running.</summary>
[BackgroundTask("0 40 2 * * ?", "Xóa gói SCORM không còn bài nào dùng")]
internal sealed class SweepPackagesTask(SiteDbContext db, ScormFiles files, TimeProvider clock) : IBackgroundTask
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var yesterday = clock.UtcNow().AddDays(-1);
        var left = await db.ScormPackages.AsNoTracking()
            .Where(package => package.CreatedUtc < yesterday && !db.Set<Models.Lesson>().Any(lesson => lesson.PackageSha256 == package.Sha256)
                && !db.Set<ScormState>().Any(state => state.PackageSha256 == package.Sha256) && !db.Set<Models.CourseVersion>().Any(version => version.Content.Contains(package.Sha256)))
            .Select(package => package.Sha256).ToListAsync(cancellationToken);
        foreach (var sha256 in left)
        {
            // Asked once more in the statement that deletes: a lesson may have come meanwhile.
            var deleted = await db.ScormPackages.Where(package => package.Sha256 == sha256 && !db.Set<Models.Lesson>().Any(lesson => lesson.PackageSha256 == sha256)).ExecuteDeleteAsync(cancellationToken);
            if (deleted > 0)
            {
                files.DeletePackage(sha256);
            }
        }
    }
}
