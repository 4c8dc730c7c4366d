using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Budget;

/// <summary>Money and devices: of a point by who serves it, of the session as a whole by who manages it.</summary>
public sealed class BudgetService(SiteDbContext db, SessionAccess access, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>More in one line is a slip of the finger.</summary>
    public const long MostAmount = 100_000_000_000;

    /// <summary>More of one thing is one too.</summary>
    public const int MostQuantity = 100_000;

    /// <summary>The place that the reader may write money down for; a null point is the session as a whole.</summary>
    public async Task<Result<BudgetPlace>> FindAsync(string code, string? pointCode, CancellationToken cancellationToken = default)
    {
        if (pointCode is null)
        {
            var session = await access.FindToManageAsync(code, cancellationToken);
            return session.Succeeded ? new BudgetPlace(session.Value, null) : session.Faults.ToList();
        }

        var point = await access.FindPointToServeAsync(code, pointCode, cancellationToken);
        return point.Succeeded ? new BudgetPlace(point.Value.Session, point.Value) : point.Faults.ToList();
    }

    public async Task<Result<BudgetPlace>> AddLineAsync(string code, string? pointCode, BudgetLineForm form, CancellationToken cancellationToken = default)
    {
        var place = await FindAsync(code, pointCode, cancellationToken);
        if (!place.Succeeded)
        {
            return place;
        }

        var text = VietnameseText.Clean(form.Text ?? "");
        if (text.Length is 0 or > 200)
        {
            return new Fault("text_required", T["Hãy ghi khoản chi, không quá {0} chữ cái.", 200], "Text");
        }

        if (form.Quantity is < 1 or > MostQuantity)
        {
            return QuantityInvalid();
        }

        if (form.Amount is not (>= 0 and <= MostAmount))
        {
            return new Fault("amount_invalid", T["Số tiền phải từ 0 đến 100 tỷ đồng."], "Amount");
        }

        db.Add(new BudgetLine
        {
            SessionId = place.Value.Session.Id,
            PointId = place.Value.Point?.Id,
            Kind = form.Kind,
            Text = text,
            Quantity = form.Quantity ?? 1,
            Amount = form.Amount.Value,
            EnteredBy = user.Name,
            EnteredUtc = clock.UtcNow(),
        });
        await db.SaveChangesAsync(cancellationToken);
        return place;
    }

    public async Task<Result<BudgetPlace>> RemoveLineAsync(string code, string? pointCode, Guid id, CancellationToken cancellationToken = default)
    {
        var place = await FindAsync(code, pointCode, cancellationToken);
        if (place.Succeeded)
        {
            var (session, point) = (place.Value.Session.Id, place.Value.Point?.Id);
            await db.Set<BudgetLine>().Where(line => line.Id == id && line.SessionId == session && line.PointId == point).ExecuteDeleteAsync(cancellationToken);
        }

        return place;
    }

    public async Task<Result<BudgetPlace>> AddEquipmentAsync(string code, string pointCode, string? name, int? quantity, CancellationToken cancellationToken = default)
    {
        var place = await FindAsync(code, pointCode, cancellationToken);
        if (!place.Succeeded)
        {
            return place;
        }

        var clean = VietnameseText.Clean(name ?? "");
        if (clean.Length is 0 or > 200)
        {
            return new Fault("text_required", T["Hãy ghi tên thiết bị, không quá {0} chữ cái.", 200], "Name");
        }

        if (quantity is < 1 or > MostQuantity)
        {
            return QuantityInvalid();
        }

        db.Add(new PointEquipment { PointId = place.Value.Point!.Id, Name = clean, Quantity = quantity ?? 1 });
        await db.SaveChangesAsync(cancellationToken);
        return place;
    }

    /// <summary>Says that a device is there and works, or that it is not.</summary>
    public Task<Result<BudgetPlace>> SetReadyAsync(string code, string pointCode, Guid id, bool ready, CancellationToken cancellationToken = default) =>
        ChangeEquipmentAsync(code, pointCode, id, rows => rows.ExecuteUpdateAsync(row => row.SetProperty(equipment => equipment.IsReady, ready), cancellationToken), cancellationToken);

    public Task<Result<BudgetPlace>> RemoveEquipmentAsync(string code, string pointCode, Guid id, CancellationToken cancellationToken = default) =>
        ChangeEquipmentAsync(code, pointCode, id, rows => rows.ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private async Task<Result<BudgetPlace>> ChangeEquipmentAsync(string code, string pointCode, Guid id, Func<IQueryable<PointEquipment>, Task<int>> change, CancellationToken cancellationToken)
    {
        var place = await FindAsync(code, pointCode, cancellationToken);
        if (place.Succeeded)
        {
            var point = place.Value.Point!.Id;
            await change(db.Set<PointEquipment>().Where(equipment => equipment.Id == id && equipment.PointId == point));
        }

        return place;
    }

    private Fault QuantityInvalid() => new("quantity_invalid", T["Số lượng phải từ 1 đến {0}.", MostQuantity.ToVietnamese()], "Quantity");
}

/// <summary>A session, or one of its points.</summary>
public sealed record BudgetPlace(TrainingSession Session, SessionPoint? Point);

/// <summary>A line as it is typed.</summary>
public sealed class BudgetLineForm
{
    public BudgetKind Kind { get; set; }

    public string? Text { get; set; }

    public int? Quantity { get; set; }

    public long? Amount { get; set; }
}
