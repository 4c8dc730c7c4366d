using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Offline;

/// <summary>Notes of people who came and whose code nobody knew, and settling who they were.</summary>
public sealed class GuestService(SiteDbContext db, SessionAccess access, CheckInService checkIn, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Stores a device's note, made at that time; the same twice is one.</summary>
    public async Task<SheetAnswer> AddAsync(SessionPoint point, SheetItem item, DateTime atUtc, string device, CancellationToken cancellationToken = default)
    {
        var name = VietnameseText.Clean(item.Name ?? "");
        if (name.Length is 0 or > 200 || item.Phone?.Length > 60 || item.Village?.Length > 200)
        {
            return new(item.Id, EventOutcome.Rejected, T["chưa có tên, hoặc tên, số điện thoại, bản ghi quá dài."], item);
        }

        if (await db.Set<Guest>().AnyAsync(guest => guest.Id == item.Id, cancellationToken))
        {
            return new(item.Id, EventOutcome.Duplicate, Item: item);
        }

        var guest = new Guest
        {
            Id = item.Id,
            PointId = point.Id,
            Name = name,
            Phone = item.Phone,
            Village = item.Village,
            AtUtc = atUtc,
            ReceivedUtc = clock.UtcNow(),
            UserId = user.Id,
            Device = device,
        };
        db.Add(guest);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new(item.Id, EventOutcome.Recorded, Item: item);
        }
        catch (DbUpdateException)
        {
            // The same note by another request at the same moment; anything else goes on its way.
            db.Entry(guest).State = EntityState.Detached;
            if (await db.Set<Guest>().AnyAsync(known => known.Id == item.Id, cancellationToken))
            {
                return new(item.Id, EventOutcome.Duplicate, Item: item);
            }

            throw;
        }
    }

    /// <summary>An open note of a point that the reader serves.</summary>
    public async Task<Result<(SessionPoint Point, Guest Guest)>> FindAsync(string code, string pointCode, Guid id, CancellationToken cancellationToken = default)
    {
        var found = await access.FindPointToServeAsync(code, pointCode, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        return await db.Set<Guest>().AsTracking().SingleOrDefaultAsync(guest => guest.Id == id && guest.PointId == found.Value.Id && guest.SettledUtc == null, cancellationToken) is { } guest
            ? (found.Value, guest)
            : new Fault("guest_unknown", T["Ghi chú này không còn, hoặc đã có người xử lý rồi."], Kind: FaultKind.NotFound);
    }

    /// <summary>
    /// Says who it was: marks the member present at the time of the note, on the list or as a walk-in; the note stays beside the mark. Without a member it was
    /// somebody of no team, who counts for nothing but stays noted.
    /// </summary>
    public async Task<Result<Guest>> SettleAsync(string code, string pointCode, Guid id, string? member, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(code, pointCode, id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var guest = found.Value.Guest;
        if (member is { Length: > 0 })
        {
            if (await db.People.Where(person => person.Code == member).Select(person => (Guid?)person.Id).SingleOrDefaultAsync(cancellationToken) is not { } personId)
            {
                return new Fault("unknown_member", T["Không có thành viên mã {0} đang hoạt động. Xem mã ở trang của Tổ.", member], "Member", FaultKind.NotFound);
            }

            // The event bears the note's own id: settling twice cannot count twice.
            var input = new AttendanceInput(guest.Id, member, pointCode, AttendanceKind.In, AttendanceMethod.Roster, guest.AtUtc) { WalkIn = true, Note = T["Ghi tại chỗ: {0}", guest.Name] };
            var results = await checkIn.RecordAsync(code, guest.Device, [input], cancellationToken);
            if (!results.Succeeded)
            {
                return results.Faults.ToList();
            }

            if (results.Value[0] is { Outcome: EventOutcome.Rejected } refused)
            {
                return new Fault(refused.Reason ?? "rejected", T["Chưa ghi được {0}: {1}", member, T.RejectionText(refused.Reason)], "Member", FaultKind.Conflict);
            }

            guest.PersonId = personId;
        }

        (guest.SettledUtc, guest.SettledBy) = (clock.UtcNow(), user.Name);
        await db.SaveChangesAsync(cancellationToken);
        return guest;
    }
}
