using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Sessions.Offline;

/// <summary>The queue of a device as a file (<c>diem-danh-….json</c>), carried to the server on another way than the network.</summary>
internal static class SheetFile
{
    /// <summary>Word in the file by which it is known.</summary>
    public const string Format = "trainingsite-attendance";

    /// <summary>Most bytes: some thousand marks.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary>The batch in a file for this sheet, or why it is none.</summary>
    public static async Task<Result<SheetBatch>> ReadAsync(Stream stream, string session, string point, IStringLocalizer<Strings> T, CancellationToken cancellationToken)
    {
        JsonElement file;
        try
        {
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
            file = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return new Fault("file_invalid", T["Tệp này không phải tệp điểm danh xuất từ máy. Hãy chọn tệp có tên “diem-danh-….json”; chưa có gì được ghi."]);
        }

        if (Text(file, "format") != Format || Text(file, "device") is not { Length: > 0 } device || !file.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return new Fault("file_invalid", T["Tệp này không phải tệp điểm danh xuất từ máy. Hãy chọn tệp có tên “diem-danh-….json”; chưa có gì được ghi."]);
        }

        if (!file.TryGetProperty("version", out var version) || !version.TryGetInt32(out var number) || number != 1)
        {
            return new Fault("file_version", T["Tệp này do một bản mới hơn của trang xuất ra. Hãy tải lại trang rồi nhập lại; chưa có gì được ghi."]);
        }

        if (Text(file, "session") != session || Text(file, "point") != point)
        {
            return new Fault("file_of_another", T["Tệp này của buổi {0}, điểm {1}. Hãy mở phiếu ấy rồi nhập; chưa có gì được ghi.", Text(file, "session") ?? "?", Text(file, "point") ?? "?"]);
        }

        return items.GetArrayLength() > SheetInbox.MostItems
            ? new Fault("file_too_long", T["Tệp có {0} dấu; mỗi lần nhập nhiều nhất {1}.", items.GetArrayLength(), SheetInbox.MostItems])
            : new SheetBatch(device, null, [.. items.EnumerateArray()]);
    }

    private static string? Text(JsonElement file, string name) =>
        file.ValueKind == JsonValueKind.Object && file.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
