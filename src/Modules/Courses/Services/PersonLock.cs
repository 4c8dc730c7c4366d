namespace TrainingSite.Courses.Services;

/// <summary>
/// Keeps apart who writes facts about one person: each looks at all of them to decide whether a course is complete, and two who do so at the same
/// moment would each miss what the other writes. Attendance of many people shares the lock among itself (its facts do not depend on each
/// other) and holds it against the rest. People share 64 locks, so that a batch of thousands stays within what PostgreSQL has room for.
/// SQLite lets one write at a time anyhow.
/// </summary>
internal static class PersonLock
{
    /// <summary>What the locks are called among the site's other ones.</summary>
    private const string Name = "hashtext('completion facts')";

    private const string TakeOne = $"SELECT pg_advisory_xact_lock({Name}, {LockOf}) FROM (SELECT {{0}} AS person) AS one";

    private const string TakeEach = $"SELECT count(pg_advisory_xact_lock({Name}, lock)) FROM generate_series(0, 63) AS lock";

    private const string LockOf = "(hashtextextended(person::text, 0) & 63)::integer";

    /// <summary>Holds it for a batch of attendance; in rising order, as everybody does, so that nobody waits in a circle.</summary>
    public static readonly RowQuery Share = new(
        Sqlite: null,
        $"SELECT count(pg_advisory_xact_lock_shared({Name}, lock)) FROM (SELECT DISTINCT {LockOf} AS lock FROM unnest($1) AS people(person) ORDER BY 1) AS locks");

    /// <summary>Holds it for one person to the end of the running transaction.</summary>
    public static Task TakeAsync(SiteDbContext db, Guid personId, CancellationToken cancellationToken) => db.IsSqlite
        ? Task.CompletedTask
        : db.Database.ExecuteSqlRawAsync(TakeOne, [personId], cancellationToken);

    /// <summary>Holds it for everybody.</summary>
    public static Task TakeAllAsync(SiteDbContext db, CancellationToken cancellationToken) => db.IsSqlite
        ? Task.CompletedTask
        : db.Database.ExecuteSqlRawAsync(TakeEach, cancellationToken);
}
