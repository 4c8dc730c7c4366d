using Microsoft.Data.Sqlite;
using Npgsql;

namespace TrainingSite.Kernel;

/// <summary>What keeps the database from taking anything, which is nobody's bug and not the reader's fault.</summary>
public enum StorageFailure
{
    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>The database does not answer: it restarts, or is too busy.</summary>
    Unreachable,
}

/// <summary>Tells such failures from bugs.</summary>
public static class StorageFailures
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteFull = 13;

    /// <summary>SQLite could not lengthen the index of its log, for want of room.</summary>
    private const int SqliteNoRoomForIndex = 4874;

    /// <summary>The failure behind an exception; null when it is another one.</summary>
    public static StorageFailure? Of(Exception? exception) => exception switch
    {
        null => null,
        SqliteException { SqliteErrorCode: SqliteFull } or SqliteException { SqliteExtendedErrorCode: SqliteNoRoomForIndex } => StorageFailure.Full,
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => StorageFailure.Unreachable,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => StorageFailure.Full,
        PostgresException
        {
            SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
        } => StorageFailure.Unreachable,
        NpgsqlException and not PostgresException => StorageFailure.Unreachable,
        _ => Of(exception.InnerException),
    };
}
