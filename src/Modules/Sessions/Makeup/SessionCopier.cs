using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Budget;
using TrainingSite.Sessions.Materials;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.Sessions.Makeup;

/// <summary>
/// Makes a draft of a session that was planned before: its words, topics, times of day, points with who looks after them and the devices they
/// need, whom it invites, who teaches, what there is to read and, if wished, its budget. Never what happened: states, marks, counts, questions.
/// </summary>
public sealed class SessionCopier(SiteDbContext db, SessionAccess access, SessionCodes codes, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>A copy that begins on another day.</summary>
    /// <param name="code">Code of the session; in any state.</param>
    /// <param name="firstDay">Day of its first block, in Vietnam.</param>
    /// <param name="withBudget">Whether the lines of its budget are taken over.</param>
    /// <param name="newCode">Code of the copy; null for a free one that is like the original's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<SessionCopy>> CopyAsync(string code, DateOnly firstDay, bool withBudget = false, string? newCode = null, CancellationToken cancellationToken = default)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        if (firstDay < clock.Today())
        {
            return new Fault("day_past", T["Ngày {0} đã qua. Hãy chọn từ hôm nay trở đi; buổi đã qua thì nhập ở “Lên lịch”.", firstDay.ToDateText()], "FirstDay");
        }

        if (firstDay > clock.Today().AddYears(5))
        {
            return new Fault("day_implausible", T["Ngày {0} quá xa. Hãy chọn ngày trong vòng năm năm tới.", firstDay.ToDateText()], "FirstDay");
        }

        var original = found.Value;
        var day = DateOnly.FromDateTime(VietnamTime.ToLocal(original.StartUtc));
        var shift = TimeSpan.FromDays(firstDay.DayNumber - day.DayNumber);
        var blocks = await db.Set<SessionBlock>().Where(block => block.SessionId == original.Id).OrderBy(block => block.Number)
            .Select(block => new BlockDraft(block.StartUtc, block.EndUtc, block.Title)).ToListAsync(cancellationToken);
        return await CopyAsync(original, new(
            newCode ?? await codes.FindForCopyAsync(original.Code, firstDay, cancellationToken),
            original.Title,
            blocks.ConvertAll(block => block with { StartUtc = block.StartUtc + shift, EndUtc = block.EndUtc + shift })) { WithBudget = withBudget }, cancellationToken);
    }

    /// <summary>A copy as planned; the caller has checked the reader's right and the blocks.</summary>
    internal async Task<Result<SessionCopy>> CopyAsync(TrainingSession original, CopyPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Blocks.Count == 0)
        {
            return new Fault("session_without_blocks", T["Buổi tập huấn chưa có giờ. Hãy nhập giờ bắt đầu và giờ kết thúc."], "Blocks");
        }

        if (await db.Sessions.AnyAsync(session => session.Code == plan.Code, cancellationToken))
        {
            return CodeTaken(plan.Code);
        }

        var copy = new TrainingSession
        {
            Code = plan.Code,
            Title = plan.Title,
            Description = original.Description,
            Mode = original.Mode,
            OrganizerPath = original.OrganizerPath,
            Organizers = original.Organizers,
            Trainers = original.Trainers,
            StartUtc = plan.Blocks[0].StartUtc,
            EndUtc = plan.Blocks[^1].EndUtc,
            InvitedLevels = original.InvitedLevels,
            InvitedRoles = original.InvitedRoles,
            CloseAfterMinutes = original.CloseAfterMinutes,
            HandInHours = original.HandInHours,
            SeatsPerTeam = original.SeatsPerTeam,
            IsRehearsal = original.IsRehearsal,
            MakeupOfId = plan.MakeupOfId,
        };
        db.Add(copy);
        db.AddRange(SessionLifecycle.ToBlocks(copy.Id, plan.Blocks));
        db.AddRange((await db.Set<SessionTopic>().Where(topic => topic.SessionId == original.Id).Select(topic => topic.Topic).ToListAsync(cancellationToken))
            .Select(topic => new SessionTopic { SessionId = copy.Id, Topic = topic }));
        db.AddRange((await db.Set<SessionTrainer>().Where(trainer => trainer.SessionId == original.Id).Select(trainer => trainer.UserId).ToListAsync(cancellationToken))
            .Select(trainer => new SessionTrainer { SessionId = copy.Id, UserId = trainer }));
        db.AddRange((await db.Set<SessionMaterial>().AsNoTracking().Where(material => material.SessionId == original.Id).ToListAsync(cancellationToken))
            .Select(material => new SessionMaterial { SessionId = copy.Id, Order = material.Order, DocumentId = material.DocumentId, CourseId = material.CourseId, Url = material.Url, Title = material.Title }));
        var leftOut = await AddUnitsAsync(original, copy, plan, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new SessionCopy(copy, leftOut);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.Sessions.AnyAsync(session => session.Code == plan.Code, cancellationToken))
            {
                // Somebody else took the code between the question and the answer.
                return CodeTaken(plan.Code);
            }

            throw;
        }
    }

    /// <summary>Invited units and points, with the units as they are today. A unit that ended meanwhile is left out, its point too.</summary>
    private async Task<List<string>> AddUnitsAsync(TrainingSession original, TrainingSession copy, CopyPlan plan, CancellationToken cancellationToken)
    {
        var invited = await db.Set<SessionInvite>().Where(invite => invite.SessionId == original.Id).Select(invite => invite.UnitCode).ToListAsync(cancellationToken);
        var rows = await db.SessionPoints.AsNoTracking().Where(point => point.SessionId == original.Id).OrderBy(point => point.Code)
            .Include(point => point.Unit).Include(point => point.Coordinators).AsSplitQuery().ToListAsync(cancellationToken);
        string[] unitCodes = [.. rows.Select(point => point.Unit?.Code).OfType<string>().Concat(invited).Distinct()];
        var units = await db.Units.AsNoTracking().On(clock.Today()).Where(unit => EF.Parameter(unitCodes).Contains(unit.Code)).ToDictionaryAsync(unit => unit.Code, cancellationToken);
        db.AddRange(invited.Where(units.ContainsKey).Select(unit => new SessionInvite { SessionId = copy.Id, UnitCode = unit, UnitPath = units[unit].Path }));
        var equipment = (await db.Set<PointEquipment>().AsNoTracking().Where(device => db.Set<SessionPoint>().Any(point => point.Id == device.PointId && point.SessionId == original.Id)).ToListAsync(cancellationToken)).ToLookup(device => device.PointId);
        var budget = plan.WithBudget ? await db.Set<BudgetLine>().AsNoTracking().Where(line => line.SessionId == original.Id).OrderBy(line => line.EnteredUtc).ThenBy(line => line.Id).ToListAsync(cancellationToken) : [];
        db.AddRange(budget.Where(line => line.PointId is null).Select(line => ToLine(line, copy, point: null)));
        var ended = new List<string>(invited.Where(unit => !units.ContainsKey(unit)));
        foreach (var row in rows.Where(row => plan.PointIds?.Contains(row.Id) ?? true))
        {
            var unit = row.Unit is null ? null : units.GetValueOrDefault(row.Unit.Code);
            if (row.Unit is not null && unit is null && !plan.KeepsEndedUnits)
            {
                ended.Add(row.Unit.Code);
                continue;
            }

            var point = new SessionPoint
            {
                SessionId = copy.Id,
                Code = row.Code,
                UnitId = unit?.Id ?? row.UnitId,
                Path = unit?.Path ?? row.Path,
                Name = row.Name,
                Venue = row.Venue,
                Capacity = row.Capacity,
                Link = row.Link,
                HandInHours = row.HandInHours,
            };
            db.Add(point);
            db.AddRange(row.Coordinators.Select(coordinator => new PointCoordinator { PointId = point.Id, UserId = coordinator.UserId }));
            // Whether a device is there and works is found out again.
            db.AddRange(equipment[row.Id].Select(device => new PointEquipment { PointId = point.Id, Name = device.Name, Quantity = device.Quantity }));
            db.AddRange(budget.Where(line => line.PointId == row.Id).Select(line => ToLine(line, copy, point)));
        }

        return [.. ended.Distinct().Order(StringComparer.Ordinal)];
    }

    private BudgetLine ToLine(BudgetLine line, TrainingSession copy, SessionPoint? point) =>
        new() { SessionId = copy.Id, PointId = point?.Id, Kind = line.Kind, Text = line.Text, Quantity = line.Quantity, Amount = line.Amount, EnteredBy = user.Name, EnteredUtc = clock.UtcNow() };

    private Fault CodeTaken(string code) => new("code_taken", T["Đã có buổi tập huấn mã {0}. Hãy chọn mã khác.", code], "Code", FaultKind.Conflict);
}

/// <summary>A copy.</summary>
/// <param name="Session">The draft.</param>
/// <param name="LeftOut">Codes of units that exist no longer and were left out.</param>
public sealed record SessionCopy(TrainingSession Session, IReadOnlyList<string> LeftOut);

/// <summary>In what a copy differs from its original.</summary>
/// <param name="Code">Code.</param>
/// <param name="Title">Title.</param>
/// <param name="Blocks">Parts in order.</param>
internal sealed record CopyPlan(string Code, string Title, IReadOnlyList<BlockDraft> Blocks)
{
    /// <summary>The points to take over; null for all.</summary>
    public IReadOnlySet<Guid>? PointIds { get; init; }

    /// <summary>Whether the lines of the budget are taken over; a make-up is a smaller occasion with costs of its own.</summary>
    public bool WithBudget { get; init; }

    /// <summary>Whether points of units that ended stay: a make-up's people belong to the points of the original's day.</summary>
    public bool KeepsEndedUnits { get; init; }

    /// <summary>The session that the copy makes up for.</summary>
    public Guid? MakeupOfId { get; init; }
}
