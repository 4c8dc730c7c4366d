using Microsoft.Extensions.Localization;

namespace TrainingSite.Sessions.Offline;

/// <summary>Why an event was not taken, in words that say what to do: one place for the sheet, the device and imported files.</summary>
public static class RejectionWords
{
    extension(IStringLocalizer<Strings> T)
    {
        /// <summary>The words for a reason of rejection.</summary>
        public string RejectionText(string? reason) => reason switch
        {
            "person_not_in_session" => T["người này không có trong danh sách mời; hãy thêm ở mục “Người đến thêm”."],
            "unknown_member" or "member_unknown" => T["không có thành viên đang hoạt động mang mã này; hãy xem lại mã, hoặc ghi tên ở mục “Không biết mã”."],
            "point_unknown" => T["buổi này không có điểm cầu ấy."],
            "out_of_scope" => T["người này hoặc điểm cầu này không thuộc phần việc của bạn."],
            "session_not_open" => T["buổi tập huấn chưa mở hoặc đã đóng."],
            "sheet_closed" => T["danh sách đã chốt; hãy mở lại rồi ghi."],
            "time_implausible" => T["đồng hồ của máy lệch quá xa; hãy chỉnh giờ rồi ghi lại."],
            "session_moved" => T["buổi này đã dời sang giờ khác sau khi ghi dấu này, nên dấu không tính cho giờ mới."],
            "minutes_invalid" => T["số phút không đúng."],
            "card_invalid" or "card_too_long" => T["thẻ không phải do trang này cấp."],
            "card_void" => T["thẻ này đã được thay bằng thẻ mới."],
            "id_taken" => T["dấu này trùng số với một dấu khác; hãy ghi lại."],
            _ => T["dấu này không dùng được."],
        };
    }
}
