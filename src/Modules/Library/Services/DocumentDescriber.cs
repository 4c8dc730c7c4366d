using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Library.Services;

/// <summary>Takes over what people say of a document, within what they may say of which unit.</summary>
internal sealed class DocumentDescriber(UnitChoices units, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Adds what the document itself plainly says, where people left it out.</summary>
    public static async Task<DocumentDetails> CompleteAsync(DocumentDetails details, Document document, ReceivedFile file, ExtractedText? text, string fileName, CancellationToken cancellationToken)
    {
        var facts = text is { Pages.Count: > 0 } ? DocumentFacts.Read(text.Pages[0].Text) : new(null, null, null, null, null);
        var title = document.Format == FileFormat.Markdown
            ? DocumentFacts.MarkdownTitle(await File.ReadAllTextAsync(file.Path, cancellationToken))
            : facts.Title;
        return details with
        {
            Title = string.IsNullOrWhiteSpace(details.Title) ? title ?? FileNames.ToTitle(fileName) : details.Title,
            Number = string.IsNullOrWhiteSpace(details.Number) ? facts.Number : details.Number,
            Issuer = string.IsNullOrWhiteSpace(details.Issuer) ? facts.Issuer : details.Issuer,
            IssuedOn = details.IssuedOn ?? facts.IssuedOn,
            Kind = details.Kind ?? facts.Kind,
        };
    }

    /// <summary>Checks the details and takes them over; nothing is saved yet.</summary>
    public async Task<Fault?> DescribeAsync(Document document, DocumentDetails details, CancellationToken cancellationToken)
    {
        if (Line(details.Title) is not { Length: <= 300 } title)
        {
            return new("title_invalid", T["Hãy ghi tên tài liệu, không quá 300 chữ cái."], "Title");
        }

        if (document.Format == FileFormat.Link)
        {
            if (details.Url?.Trim() is not { Length: > 0 and <= 1000 } url || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                return new("link_invalid", T["Địa chỉ phải bắt đầu bằng https:// và không quá {0} chữ cái.", 1000], "Url");
            }

            (document.Url, document.Sha256) = (url, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url))));
        }

        if (details.PeriodYear is not (null or (>= 1990 and <= 2100)) || details.PeriodQuarter is not (null or (>= 1 and <= 4)) || (details.PeriodQuarter is not null && details.PeriodYear is null))
        {
            return new("period_invalid", T["Hãy ghi năm từ 1990 đến 2100, và chỉ chọn quý khi có năm."], "PeriodYear");
        }

        UnitOption? unit = null;
        if (details.Visibility == DocumentVisibility.Unit || Line(details.UnitCode) is not null)
        {
            var code = Line(details.UnitCode);
            unit = code is null ? null : await units.FindAsync(code, UnitScope.Everything, clock.Today(), withProvince: true, UnitOption.Of(document.UnitPath, document.UnitName), cancellationToken);
            if (unit is null || !(user.Can(Permissions.ManageLibrary, unit.Path) || (document.State != DocumentState.Published && user.Can(Permissions.ProposeDocuments, unit.Path))))
            {
                return new("unit_not_found", T["Không có đơn vị mã “{0}” trong phạm vi của bạn. Hãy chọn lại đơn vị.", code ?? ""], "UnitCode");
            }
        }

        if (unit is null && !user.ScopeOf(Permissions.ManageLibrary).HoldsProvince && (document.State == DocumentState.Published || !user.Can(Permissions.ProposeDocuments)))
        {
            return new("unit_missing", T["Hãy chọn đơn vị của tài liệu. Tài liệu chung của tỉnh do cấp tỉnh đăng."], "UnitCode");
        }

        document.Title = title;
        document.Number = Cut(details.Number, 60);
        document.Issuer = Cut(details.Issuer, 200);
        document.IssuedOn = details.IssuedOn;
        document.Kind = details.Kind ?? DocumentKind.Material;
        document.Topic = Cut(details.Topic, 10);
        document.Summary = Cut(details.Summary, 1000);
        (document.Audience, document.PeriodYear, document.PeriodQuarter) = (details.Audience, details.PeriodYear, details.PeriodQuarter);
        document.Visibility = details.Visibility;
        (document.UnitPath, document.UnitName) = (unit?.Path, unit?.Name);
        return null;
    }

    private static string? Line(string? text) => VietnameseText.Clean(text ?? "") is { Length: > 0 } clean ? clean : null;

    /// <summary>One clean line of at most so many letters; null when nothing is left.</summary>
    public static string? Cut(string? text, int length) => Line(text) is { } clean ? clean[..Math.Min(clean.Length, length)] : null;
}
