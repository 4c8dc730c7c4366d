using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Board.Services;

/// <summary>Who may look at a session's board: whoever sees one of its points, and then these points only.</summary>
public sealed class BoardAccess(SessionAccess access)
{
    /// <summary>A session whose board the reader may see.</summary>
    /// <param name="Session">The session.</param>
    /// <param name="SeesAll">Whether all points are theirs to see.</param>
    public sealed record Board(TrainingSession Session, bool SeesAll);

    /// <summary>The session; a fault when it is not there, not this reader's, or without points that they may see.</summary>
    public async Task<Result<Board>> FindAsync(string code, CancellationToken cancellationToken)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null)
        {
            return access.NoSession(code);
        }

        return access.CanManage(session) ? new Board(session, SeesAll: true)
            : await access.VisiblePoints(session).AnyAsync(cancellationToken) ? new Board(session, SeesAll: false)
            : access.NoSession(code) with { Kind = FaultKind.Forbidden };
    }
}
