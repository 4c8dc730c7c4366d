using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Offline;

/// <summary>The words that the sheet's scripts say, handed to them with the page.</summary>
public static class SheetTexts
{
    /// <summary>JSON inside an attribute: Vietnamese letters as they are.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DictionaryKeyPolicy = null };

    extension(IStringLocalizer<Strings> T)
    {
        /// <summary>Word on the big button of a row.</summary>
        public string MarkLabel(string mark) => mark switch
        {
            "late" => T["Muộn"],
            "left_early" => T["Về sớm"],
            "absent" => T["Vắng"],
            "excused" => T["Có phép"],
            "elsewhere" => T["Nơi khác"],
            _ => T["Có mặt"],
        };

        /// <summary>Icon on the big button of a row.</summary>
        public string MarkIcon(string mark) => mark switch
        {
            "none" => "todo",
            "in" => "check",
            "late" or "left_early" => "late",
            "absent" => "bad",
            "elsewhere" => "place",
            _ => "excused",
        };

        /// <summary>For each mark: label, icon and the words in "Đã ghi: …".</summary>
        public Dictionary<string, object> MarkWords() => new()
        {
            ["none"] = new { label = T.MarkLabel("none"), icon = T.MarkIcon("none"), done = T["chưa điểm danh"].Value },
            ["in"] = new { label = T.MarkLabel("in"), icon = T.MarkIcon("in"), done = T["có mặt"].Value },
            ["late"] = new { label = T.MarkLabel("late"), icon = T.MarkIcon("late"), done = T["đến muộn"].Value },
            ["left_early"] = new { label = T.MarkLabel("left_early"), icon = T.MarkIcon("left_early"), done = T["về sớm"].Value },
            ["absent"] = new { label = T.MarkLabel("absent"), icon = T.MarkIcon("absent"), done = T["vắng"].Value },
            ["excused"] = new { label = T.MarkLabel("excused"), icon = T.MarkIcon("excused"), done = T["vắng có phép"].Value },
            ["elsewhere"] = new { label = T.MarkLabel("elsewhere"), icon = T.MarkIcon("elsewhere") },
        };

        /// <summary>What the sheet's scripts say.</summary>
        public Dictionary<string, string> DeviceTexts() => new()
        {
            ["undo"] = T["Hoàn tác"],
            ["done"] = T["Đã ghi: {0} {1} lúc {2}"],
            ["more"] = T["Ghi khác cho {0}"],
            ["walkIn"] = T["đến thêm"],
            ["minutes"] = T["phút"],
            ["out"] = T["Ra lúc {0}"],
            ["elsewhere"] = T["Đang ở {0}"],
            ["conflict"] = T["Hai máy ghi khác nhau"],
            ["waits"] = T["Chờ gửi"],
            ["refused"] = T["Chưa được nhận"],
            ["refusedCount"] = T["{0} dấu chưa được nhận"],
            ["saved"] = T["Đã lưu trên máy {0}"],
            ["sentAt"] = T["Đã gửi {0} · {1}"],
            ["never"] = T["Chưa gửi lần nào"],
            ["online"] = T["Có mạng."],
            ["offline"] = T["Không có mạng, tự gửi sau."],
            ["failed"] = T["Chưa gửi được, máy sẽ thử lại."],
            ["signedOut"] = T["Đã hết phiên đăng nhập; dấu vẫn còn trên máy."],
            ["otherAccount"] = T["Dấu của tài khoản khác chờ người ấy đăng nhập."],
            ["howLate"] = T["{0} đến muộn bao nhiêu phút?"],
            ["howEarly"] = T["{0} về sớm bao nhiêu phút?"],
            ["kept"] = T["Đã tải về máy, bản lúc {0}, chiếm {1} kB. Mở được cả khi không có mạng."],
            ["keptOld"] = T["Bản trên máy đã cũ hơn một ngày (lúc {0}, {1} kB). Có mạng thì hãy tải lại."],
            ["keepAgain"] = T["Tải lại"],
            ["notKept"] = T["Chưa tải được. Hãy thử lại khi mạng khá hơn."],
            ["reasonNeeded"] = T["Điểm cầu vắng thì hãy chọn hoặc ghi lý do."],
            ["reported"] = T["Đã ghi tình trạng điểm cầu."],
            ["needsNetwork"] = T["Việc này cần có mạng. Các dấu vẫn còn trên máy."],
            ["sendFirst"] = T["Đang gửi nốt các dấu trên máy. Gửi xong hãy bấm lại."],
            ["aReport"] = T["tình trạng điểm cầu"],
            ["aGuest"] = T["ghi tên"],
            ["wentOut"] = T["đã ra"],
            ["letGo"] = T["Bỏ"],
            ["letGoAsk"] = T["Bỏ dấu của {0} khỏi máy? Bỏ rồi thì không lấy lại được."],
            ["noPeople"] = T["Chưa có danh sách người quanh đây trên máy. Gõ mã thành viên, hoặc ghi tên ở dưới."],
            ["nobody"] = T["Không thấy ai khớp. Gõ đúng mã thành viên, hoặc ghi tên ở dưới."],
            ["nobodyHas"] = T["Không có thành viên nào mang mã này. Xem lại mã, hoặc ghi tên ở dưới."],
            ["already"] = T["đã có trong danh sách"],
            ["present"] = T["Có mặt"],
            ["listed"] = T["Có trong danh sách rồi: {0}. Đóng cửa sổ này và tìm ở danh sách."],
            ["unchecked"] = T["máy chưa biết mã này"],
            ["addedUnchecked"] = T["Đã ghi {0} lúc {1}. Hệ thống sẽ kiểm tra mã khi gửi."],
            ["added"] = T["Đã thêm: {0} có mặt lúc {1}"],
            ["noted"] = T["Đã ghi tên {0}."],
            ["forged"] = T["Thẻ giả: không phải do trang này cấp"],
            ["void"] = T["{0}: thẻ cũ, đã thay thẻ mới"],
            ["notListed"] = T["{0} không có trong danh sách này"],
            ["scanned"] = T["{0}: có mặt"],
            ["scannedOut"] = T["{0}: đã ra"],
            ["alreadyIn"] = T["{0}: đã ghi có mặt rồi"],
            ["alreadyOut"] = T["{0}: đã ghi ra rồi"],
            ["paperUnknown"] = T["Mã giấy này không thuộc danh sách này"],
            ["codeUnknown"] = T["Không đọc được mã này"],
            ["noCamera"] = T["Không dùng được máy ảnh. Hãy gõ mã vào ô dưới."],
        };

        /// <summary>What the page of kept sheets says.</summary>
        public Dictionary<string, string> SheetsTexts() => new()
        {
            ["saved"] = T["Đã lưu trên máy {0}"],
            ["sentAt"] = T["Đã gửi {0} · {1}"],
            ["never"] = T["Chưa gửi lần nào"],
            ["refused"] = T["chưa được nhận {0}"],
            ["kept"] = T["bản lúc {0}, {1} kB"],
            ["notKept"] = T["chưa tải về máy"],
            ["sent"] = T["Đã gửi xong."],
            ["signed-out"] = T["Đã hết phiên đăng nhập; dấu vẫn còn trên máy."],
            ["other-account"] = T["Dấu của tài khoản khác chờ người ấy đăng nhập."],
            ["failed"] = T["Chưa gửi được, máy sẽ thử lại."],
        };

        /// <summary>An outcome as a state.</summary>
        public Badge OutcomeBadge(EventOutcome outcome) => outcome switch
        {
            EventOutcome.Recorded => new("state-good", "good", T["Đã ghi"]),
            EventOutcome.Duplicate => new("", "saved", T["Đã có"]),
            EventOutcome.Conflict => new("state-warning", "warning", T["Hai máy ghi khác nhau"]),
            EventOutcome.Rejected => new("state-bad", "bad", T["Chưa được nhận"]),
        };

        /// <summary>What an item of a file says, in words.</summary>
        public string ItemText(SheetItem? item) => item switch
        {
            null => T["không đọc được"],
            { Kind: "report" } => T["tình trạng điểm cầu"],
            { Kind: "guest" } => T["ghi tên"],
            { Kind: "out" } => T["đã ra"],
            _ => SheetMark.Find(item.Kind) is { } mark ? T.StatusBadge(mark.Shown).Text.ToLowerInvariant() : item.Kind,
        };
    }
}
