using Microsoft.Extensions.Localization;

namespace TrainingSite.Library.Services;

/// <summary>Why a change of a document was refused, where several services say the same.</summary>
internal static class DocumentFaults
{
    public static Fault DocumentNotFound(this IStringLocalizer<Strings> T) =>
        new("document_not_found", T["Không có tài liệu này, hoặc bạn không được sửa."], Kind: FaultKind.NotFound);

    public static Fault DocumentChangedMeanwhile(this IStringLocalizer<Strings> T) =>
        new("document_changed_meanwhile", T["Có người vừa sửa tài liệu này. Chưa lưu phần của bạn; hãy mở lại trang để xem bản mới nhất."], Kind: FaultKind.Conflict);
}
