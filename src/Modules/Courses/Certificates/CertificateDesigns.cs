using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Certificates.Pdf;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Certificates;

/// <summary>Reads and writes designs: one for the whole site, one for each province that wants its own.</summary>
public sealed class CertificateDesigns(SiteDbContext db, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Name of the whole site in addresses.</summary>
    public const string Site = "site";

    private const double ReadableContrast = 4.5;

    /// <summary>The places whose design the reader may change: the site for who holds the right everywhere, and provinces.</summary>
    internal async Task<List<DesignPlace>> ListAsync(CancellationToken cancellationToken)
    {
        var scope = user.ScopeOf(Permissions.DesignCertificates);
        var places = await db.Units.AsNoTracking().On(clock.Today()).Where(unit => unit.Level == UnitLevel.Province).InScope(scope, unit => unit.Path)
            .OrderBy(unit => unit.Code).Select(unit => new DesignPlace(unit.Code, unit.Name, unit.Path)).ToListAsync(cancellationToken);
        return scope.IsEverything ? [new(Site, T["Mẫu chung của cả trang"], ""), .. places] : places;
    }

    /// <summary>One of these places; null when it is not the reader's to change.</summary>
    internal async Task<DesignPlace?> FindAsync(string place, CancellationToken cancellationToken) => (await ListAsync(cancellationToken)).Find(row => row.Code == place);

    /// <summary>The design in use at a place; null when it has none of its own.</summary>
    internal Task<CertificateDesign?> CurrentAsync(DesignPlace place, CancellationToken cancellationToken) =>
        db.CertificateDesigns.AsNoTracking().SingleOrDefaultAsync(design => design.UnitPath == place.Path && design.RetiredUtc == null, cancellationToken);

    /// <summary>Retires the design in use and adds the next.</summary>
    internal async Task<Result<CertificateDesign>> WriteAsync(DesignPlace place, CertificateDesignForm form, CancellationToken cancellationToken)
    {
        if (PdfColor.Parse(form.Primary).ContrastWithWhite < ReadableContrast)
        {
            return new Fault("color_too_pale", T["Màu chính quá nhạt, in trên giấy trắng khó đọc. Hãy chọn màu đậm hơn."], nameof(form.Primary));
        }

        var current = await db.CertificateDesigns.SingleOrDefaultAsync(design => design.UnitPath == place.Path && design.RetiredUtc == null, cancellationToken);
        if (current?.Id != form.Seen)
        {
            return Changed();
        }

        var now = clock.UtcNow();
        var next = new CertificateDesign
        {
            UnitPath = place.Path,
            Issuer = VietnameseText.Clean(form.Issuer),
            Title = VietnameseText.Clean(form.Title),
            Intro = VietnameseText.Clean(form.Intro ?? ""),
            Body = VietnameseText.Clean(form.Body),
            Place = VietnameseText.Clean(form.Place ?? ""),
            SignerTitle = VietnameseText.Clean(form.SignerTitle ?? ""),
            SignerName = VietnameseText.Clean(form.SignerName ?? ""),
            Primary = form.Primary.ToUpperInvariant(),
            Accent = form.Accent.ToUpperInvariant(),
            WrittenBy = user.Name,
            WrittenUtc = now,
        };
        try
        {
            await db.InTransactionAsync(async () =>
            {
                if (current is not null)
                {
                    // Only one may retire it; the other finds no row left.
                    if (await db.CertificateDesigns.Where(design => design.Id == current.Id && design.RetiredUtc == null).ExecuteUpdateAsync(row => row.SetProperty(design => design.RetiredUtc, now), cancellationToken) == 0)
                    {
                        throw new DbUpdateConcurrencyException();
                    }
                }

                db.CertificateDesigns.Add(next);
                await db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
        }
        catch (DbUpdateException)
        {
            return Changed();
        }

        return next;
    }

    private Fault Changed() => new("design_changed_meanwhile", T["Có người vừa lưu mẫu khác. Phần bạn viết vẫn còn ở dưới và chưa được lưu; bấm Lưu lần nữa nếu muốn thay mẫu đó."], Kind: FaultKind.Conflict);
}

/// <summary>A place that may have a design.</summary>
/// <param name="Code">Its code in addresses.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its path; empty for the whole site.</param>
public sealed record DesignPlace(string Code, string Name, string Path);
