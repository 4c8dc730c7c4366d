using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Conflicts.Models;
using TrainingSite.Sessions.Conflicts.Services;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Conflicts;

/// <summary>What devices and people said, in words.</summary>
public static class ConflictWords
{
    extension(IStringLocalizer<Strings> T)
    {
        public string ReviewKindName(ReviewKind kind) => kind switch
        {
            ReviewKind.Devices => T["Hai máy ghi khác nhau"],
            ReviewKind.WrongRoom => T["Dùng mã phòng khác"],
            ReviewKind.AfterClosing => T["Gửi sau khi chốt"],
            ReviewKind.Appeal => T["Khiếu nại"],
        };

        public string MethodName(AttendanceMethod method) => method switch
        {
            AttendanceMethod.Roster => T["đánh dấu trong danh sách"],
            AttendanceMethod.Card => T["quét thẻ"],
            AttendanceMethod.Self => T["tự quét mã của phòng"],
            AttendanceMethod.Code => T["tự nhập mã của phòng"],
            AttendanceMethod.Paper => T["nhập từ giấy"],
            AttendanceMethod.Import => T["nhập từ tệp"],
        };

        /// <summary>"Đến muộn 10 phút", "Sửa lại: có mặt, 120 phút".</summary>
        public string EventText(AttendanceEvent fact)
        {
            var minutes = fact.Minutes is { } number ? T["{0} phút", number].Value : "";
            return fact.Kind switch
            {
                AttendanceKind.In => T["Có mặt"],
                AttendanceKind.Out => T["Ra về"],
                AttendanceKind.Late => Join(T["Đến muộn"], minutes),
                AttendanceKind.LeftEarly => Join(T["Về sớm"], minutes),
                AttendanceKind.Absent => T["Vắng"],
                AttendanceKind.Excused => T["Vắng có phép"],
                AttendanceKind.Correction => fact.Status is { } status ? Join(T["Quyết định: {0}", T.StatusBadge(status).Text.ToLowerInvariant()], minutes.Length > 0 ? $", {minutes}" : "") : T["Bỏ các dấu trước"],
            };
        }

        public string DeviceName(AttendanceEvent fact) => fact.Device.Length == 0 ? T["trang web"] : T["máy {0}", fact.Device.Length > 8 ? fact.Device[..8] : fact.Device];

        public string FlagText(AttendanceFlag flag) => flag switch
        {
            AttendanceFlag.WrongRoom => T["mã của phòng không phải nơi được mời"],
            AttendanceFlag.AfterClosing => T["máy gửi sau khi đã chốt"],
        };

        public Badge AppealBadge(AppealState state) => state switch
        {
            AppealState.Open => new("state-warning", "wait", T["Đang chờ trả lời"]),
            AppealState.Accepted => new("state-good", "good", T["Đã sửa theo khiếu nại"]),
            AppealState.Refused => new("", "info", T["Không thay đổi"]),
        };
    }

    private static string Join(string word, string minutes) => minutes.Length == 0 ? word : minutes[0] == ',' ? word + minutes : $"{word} {minutes}";
}
