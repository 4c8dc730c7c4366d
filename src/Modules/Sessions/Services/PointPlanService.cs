using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;

namespace TrainingSite.Sessions.Services;

/// <summary>Where a session takes place: adds, changes and removes points, one by one, for every commune at once, or from a file.</summary>
public sealed class PointPlanService(SiteDbContext db, SessionAccess access, SessionValidator validator, SeatService seats, EventPublisher events, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Adds a point for each commune that has none yet: of the given units, or of those invited.</summary>
    /// <returns>How many were added.</returns>
    public async Task<Result<int>> AddOnePerCommuneAsync(string code, IReadOnlyCollection<string>? unitCodes = null, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var session = found.Value;
        var today = clock.Today();
        var paths = unitCodes is null
            ? await db.Set<SessionInvite>().Where(invite => invite.SessionId == session.Id).Select(invite => invite.UnitPath).ToListAsync(cancellationToken)
            : await db.Units.On(today).Where(unit => unitCodes.Contains(unit.Code)).Select(unit => unit.Path).ToListAsync(cancellationToken);
        var points = db.SessionPoints.Where(point => point.SessionId == session.Id);
        var communes = await CommunesWithout(points, paths).OrderBy(unit => unit.Path).ToListAsync(cancellationToken);
        var codes = (await points.Select(point => point.Code).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var number = codes.Count;
        foreach (var commune in communes)
        {
            string pointCode;
            do
            {
                pointCode = $"PT-{++number:000}";
            }
            while (!codes.Add(pointCode));

            db.Add(ToPoint(new PointDraft(pointCode, commune.Code, Venue: T["UBND {0}", LowerKind(commune.Name)]), session, commune, T));
        }

        return await SaveAsync(session, cancellationToken) is { } fault ? fault : communes.Count;
    }

    /// <summary>How many <see cref="AddOnePerCommuneAsync"/> would add for these units.</summary>
    /// <param name="code">Code of the session; one that does not exist has no points.</param>
    /// <param name="unitCodes">Units.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<int> CountWithoutPointAsync(string? code, IReadOnlyCollection<string> unitCodes, CancellationToken cancellationToken = default)
    {
        var today = clock.Today();
        var paths = await db.Units.On(today).Where(unit => unitCodes.Contains(unit.Code)).Select(unit => unit.Path).ToListAsync(cancellationToken);
        return await CommunesWithout(db.SessionPoints.Where(point => point.Session.Code == code), paths).CountAsync(cancellationToken);
    }

    /// <summary>Adds one point.</summary>
    public async Task<Result<SessionPoint>> AddAsync(string code, PointDraft draft, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var session = found.Value;
        var (unit, faults) = await CheckAsync(draft, cancellationToken);
        if (await db.SessionPoints.AnyAsync(point => point.SessionId == session.Id && point.Code == draft.Code, cancellationToken))
        {
            faults.Add(CodeTaken(draft.Code));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        var point = ToPoint(draft, session, unit, T);
        db.Add(point);
        if (await SaveAsync(session, cancellationToken) is { } fault)
        {
            return fault;
        }

        await TellAsync(session, cancellationToken);
        return point;
    }

    /// <summary>Changes where a point is. When the session is published already, those invited there are told.</summary>
    /// <param name="code">Code of the session.</param>
    /// <param name="pointCode">Code of the point; it stays.</param>
    /// <param name="draft">What it shall be; its unit stays once people are assigned to it.</param>
    /// <param name="version">Version that the writer saw; null to save over whatever is there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<SessionPoint>> UpdateAsync(string code, string pointCode, PointDraft draft, int? version = null, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var session = found.Value;
        if (await db.SessionPoints.AsTracking().SingleOrDefaultAsync(point => point.SessionId == session.Id && point.Code == pointCode, cancellationToken) is not { } point)
        {
            return NoPoint(session, pointCode);
        }

        if (version is { } seen && seen != point.Version)
        {
            return new Fault("changed_meanwhile", T["Trong lúc bạn sửa, người khác đã lưu thay đổi cho {0}. Hãy mở lại trang để xem bản mới rồi sửa tiếp.", point.Name], Kind: FaultKind.Conflict);
        }

        var (unit, faults) = await CheckAsync(draft with { Code = pointCode }, cancellationToken);
        if (faults.Count > 0)
        {
            return faults;
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var turn = session.State == SessionState.Draft ? null : await seats.TakeTurnAsync(session.Id, cancellationToken);
        var moved = point.Venue != Blank(draft.Venue) || point.Link != Blank(draft.Link);
        if (session.State == SessionState.Draft)
        {
            (point.UnitId, point.Path) = (unit?.Id, unit?.Path ?? session.OrganizerPath);
        }

        (point.Name, point.Venue, point.Link, point.Capacity) = (Blank(draft.Name) ?? point.Name, Blank(draft.Venue), Blank(draft.Link), draft.Capacity);
        // Even when only who looks after it changes, whoever saves after somebody else must hear of it.
        db.Entry(point).Property(row => row.Name).IsModified = true;
        if (moved && session.State != SessionState.Draft)
        {
            session.Sequence++;
            (point.ChangedUtc, point.ChangedSequence) = (clock.UtcNow(), session.Sequence);
        }

        if (await SaveAsync(session, cancellationToken) is { } fault)
        {
            return fault;
        }

        if (turn is not null)
        {
            await seats.FillAsync(turn, actor: null, [], cancellationToken);
        }

        await transaction.FinishAsync(cancellationToken);
        return point;
    }

    /// <summary>Removes a point to which nobody is assigned.</summary>
    public async Task<Result<SessionPoint>> RemoveAsync(string code, string pointCode, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var session = found.Value;
        if (await db.SessionPoints.AsTracking().SingleOrDefaultAsync(point => point.SessionId == session.Id && point.Code == pointCode, cancellationToken) is not { } point)
        {
            return NoPoint(session, pointCode);
        }

        if (await db.Invitations.AnyAsync(invitation => invitation.PointId == point.Id, cancellationToken))
        {
            return new Fault("point_in_use", T["{0} đã có người được mời. Hãy chuyển họ sang điểm cầu khác trước khi bỏ điểm này.", point.Name], Kind: FaultKind.Conflict);
        }

        db.Remove(point);
        if (await SaveAsync(session, cancellationToken) is { } fault)
        {
            return fault;
        }

        await TellAsync(session, cancellationToken);
        return point;
    }

    /// <summary>A new point, named after its unit unless it has a name.</summary>
    internal static SessionPoint ToPoint(PointDraft draft, TrainingSession session, AdministrativeUnit? unit, IStringLocalizer<Strings> T) => new()
    {
        SessionId = session.Id,
        Code = draft.Code,
        UnitId = unit?.Id,
        Path = unit?.Path ?? session.OrganizerPath,
        Name = Blank(draft.Name) ?? (unit is null ? T["Điểm cầu {0}", draft.Code] : T["Điểm cầu UBND {0}", LowerKind(unit.Name)]),
        Venue = Blank(draft.Venue),
        Capacity = draft.Capacity,
        Link = Blank(draft.Link),
    };

    /// <summary>"Phường Chiềng Lề" within a sentence: "phường Chiềng Lề".</summary>
    internal static string LowerKind(string unitName) => unitName.Length == 0 ? "" : char.ToLowerInvariant(unitName[0]) + unitName[1..];

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private IQueryable<AdministrativeUnit> CommunesWithout(IQueryable<SessionPoint> points, IReadOnlyList<string> paths) =>
        db.Units.On(clock.Today()).Where(unit => unit.Level == UnitLevel.Commune)
            .InScope(new UnitScope(paths), unit => unit.Path)
            .Where(unit => !points.Any(point => point.UnitId == unit.Id));

    private async Task<(AdministrativeUnit? Unit, List<Fault> Faults)> CheckAsync(PointDraft draft, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var unit = draft.Unit is { Length: > 0 } code ? (await validator.FindUnitsAsync([code], cancellationToken)).GetValueOrDefault(code) : null;
        validator.CheckPoint(draft, unit, "Point", faults);
        return (unit, faults);
    }

    private async Task<Result<TrainingSession>> FindAsync(string code, CancellationToken cancellationToken)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        return found.Succeeded && found.Value.State is SessionState.Closed or SessionState.Cancelled
            ? new Fault("session_state", T["Buổi {0} đã kết thúc; không sửa điểm cầu được nữa.", code], Kind: FaultKind.Conflict)
            : found;
    }

    private async Task<Fault?> SaveAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody added a point of that code, or changed this one, at the same moment.
            return new("changed_meanwhile", T["Trong lúc bạn làm, người khác đã thay đổi điểm cầu của buổi {0}. Hãy mở lại trang rồi làm lại.", session.Code], Kind: FaultKind.Conflict);
        }

        await db.RaiseRevisionAsync(session.Id, cancellationToken);
        await transaction.FinishAsync(cancellationToken);
        return null;
    }

    /// <summary>Points make the session's area: who finds it may have changed.</summary>
    private Task TellAsync(TrainingSession session, CancellationToken cancellationToken) =>
        session.State == SessionState.Draft ? Task.CompletedTask : events.PublishAsync(new SessionChanged(session.Id), cancellationToken);

    private Fault CodeTaken(string code) => new("point_code_taken", T["Buổi này đã có điểm cầu mã {0}.", code], "Point.Code", FaultKind.Conflict);

    private Fault NoPoint(TrainingSession session, string pointCode) => new("point_unknown", T["Buổi {0} không có điểm cầu {1}.", session.Code, pointCode], Kind: FaultKind.NotFound);
}
