using System.Collections;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Says an issue to people: what is wrong and what to do.</summary>
public sealed class ImportTexts(IStringLocalizer<Strings> T)
{
    /// <summary>The issue in a sentence or two.</summary>
    public string Explain(ImportIssue issue) => issue.Detail is null ? Text(issue.Code) : $"{Text(issue.Code)} ({Detail(issue.Detail)})";

    /// <summary>The outcome in a word or two.</summary>
    public string Word(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Accepted => T["Nhập được"],
        ImportOutcome.AcceptedWithWarning => T["Nhập được, cần xem lại"],
        ImportOutcome.NeedsDecision => T["Chờ quyết định"],
        ImportOutcome.Rejected => T["Không nhập được"],
    };

    private string Detail(object detail) => detail switch
    {
        UnitCandidates units => units.InWords((name, code) => T["{0}, mã {1}", name, code]),
        IEnumerable list and not string => string.Join(", ", list.Cast<object>()),
        _ => detail.ToString()!,
    };

    private string Text(string code) => code switch
    {
        "FILE_NOT_CSV" => T["Tệp không phải CSV. Trong Excel chọn Lưu thành, kiểu CSV UTF-8, rồi nhập tệp đó."],
        "FILE_ENCODING" => T["Tệp không ở bảng mã UTF-8 nên chữ có dấu sẽ sai. Trong Excel chọn Lưu thành, kiểu CSV UTF-8, rồi nhập lại."],
        "FILE_EMPTY" => T["Tệp không có dòng nào. Hãy kiểm tra đã chọn đúng tệp."],
        "HEADER_MISSING" => T["Không thấy cột cần có. Thêm dòng tiêu đề với tên cột này rồi nhập lại."],
        "TITLE_ROWS_SKIPPED" => T["Bỏ qua các dòng tiêu đề phía trên bảng."],
        "HEADER_MERGED" => T["Tiêu đề cột trải trên hai dòng; đã ghép lại."],
        "HEADER_REPEATED" => T["Bỏ qua dòng tiêu đề lặp lại giữa bảng."],
        "FOOTER_SKIPPED" => T["Bỏ qua các dòng tổng cộng và chữ ký phía dưới."],
        "BLANK_ROWS_SKIPPED" => T["Bỏ qua các dòng trống."],
        "BLANK_COLUMNS_SKIPPED" => T["Bỏ qua các cột trống ở cuối."],
        "DELIMITER_DETECTED" => T["Các ô không cách nhau bằng dấu phẩy; đã tự nhận ra."],
        "ENCODING_DETECTED" => T["Tệp ở bảng mã khác; đã chuyển sang UTF-8."],
        "ROW_SHORT" => T["Dòng thiếu ô ở cuối; coi là ô trống."],
        "ROW_SHAPE" => T["Dòng có nhiều ô hơn tiêu đề, có thể lệch cột. Kiểm tra dấu phẩy trong ô (phải nằm trong ngoặc kép)."],
        "NAME_NORMALIZED" => T["Tên đã được chuẩn hóa cách viết."],
        "NAME_MISSING" => T["Thiếu tên. Điền tên rồi nhập lại."],
        "NAME_UNSAFE" => T["Có ký tự không dùng trong tên. Xóa ký tự lạ rồi nhập lại."],
        "NAME_TOO_LONG" => T["Tên dài hơn 100 ký tự. Kiểm tra có bị dính ô khác không."],
        "PHONE_NORMALIZED" => T["Số điện thoại viết khác, vẫn là số đó."],
        "PHONE_ZERO_RESTORED" => T["Số điện thoại thiếu số 0 ở đầu; đã thêm lại. Hãy kiểm tra."],
        "PHONE_MULTIPLE" => T["Có nhiều số điện thoại; dùng số đầu tiên."],
        "PHONE_SCIENTIFIC" => T["Bảng tính đã làm mất chữ số của số điện thoại; để trống. Hỏi lại số này."],
        "PHONE_INVALID" => T["Không phải số điện thoại Việt Nam; để trống. Hỏi lại số này."],
        "PHONE_MISSING" => T["Chưa có số điện thoại."],
        "PHONE_SHARED" => T["Nhiều người chung một số điện thoại. Hãy kiểm tra."],
        "EMAIL_INVALID" => T["Không phải địa chỉ e-mail; để trống."],
        "TEXT_TOO_LONG" => T["Chữ quá dài; chỉ giữ 200 ký tự đầu."],
        "BIRTH_YEAR_ONLY" => T["Chỉ có năm sinh."],
        "BIRTH_FORMAT" => T["Ngày sinh đọc theo ngày/tháng/năm."],
        "BIRTH_SERIAL" => T["Ngày sinh là số của bảng tính; đã đổi ra ngày. Hãy kiểm tra."],
        "BIRTH_TWO_DIGIT_YEAR" => T["Năm sinh chỉ có hai chữ số. Hãy kiểm tra."],
        "BIRTH_INVALID" => T["Không có ngày này; để trống. Hỏi lại ngày sinh."],
        "BIRTH_IMPLAUSIBLE" => T["Tuổi không hợp lý (dưới 14 hoặc trên 100); để trống. Hỏi lại năm sinh."],
        "BIRTH_MISSING" => T["Chưa có năm sinh."],
        "GENDER_FROM_COLUMN" => T["Giới tính lấy theo cột có năm sinh."],
        "GENDER_CONFLICT" => T["Cả hai cột Nam và Nữ đều có năm sinh; để trống."],
        "GENDER_UNKNOWN" => T["Không đọc được giới tính; để trống."],
        "GENDER_MISSING" => T["Chưa có giới tính."],
        "DUPLICATE_IN_FILE" => T["Trùng với một dòng phía trên. Xóa một trong hai dòng."],
        "SECOND_MEMBERSHIP" => T["Cùng một người, thêm một Tổ nữa."],
        "SAME_NAME_OTHER_PERSON" => T["Cùng tên nhưng là người khác."],
        "POSSIBLE_DUPLICATE" => T["Có thể trùng người: cùng tên, chỉ khớp năm sinh hoặc số điện thoại. Sửa cho khớp nếu là một người, hoặc thêm thông tin nếu là hai người."],
        "MEMBER_ID_TAKEN" => T["Mã thành viên này đã là của người khác. Kiểm tra lại mã."],
        "MEMBERSHIP_ENDED" => T["Người này đã ra khỏi Tổ; không đưa trở lại theo danh sách cũ. Nếu kết nạp lại, ghi ngày tham gia mới."],
        "ROLE_VARIANT" => T["Chức vụ viết tắt hoặc viết khác, đã hiểu."],
        "ROLE_MISSING" => T["Chưa ghi chức vụ; coi là thành viên."],
        "ROLE_UNKNOWN" => T["Chức vụ lạ. Sửa thành Tổ trưởng, Tổ phó, Thành viên hoặc Cộng tác viên."],
        "FORMULA_TEXT_RECOVERED" => T["Ô là công thức chứa chữ; đã lấy chữ."],
        "FORMULA_NOT_EVALUATED" => T["Ô là công thức hoặc báo lỗi của bảng tính; để trống. Ghi giá trị thật vào ô."],
        "FORMULA_DANGEROUS" => T["Ô chứa công thức nguy hiểm; không lưu. Xóa ô này."],
        "CODE_MISSING" => T["Thiếu mã. Điền mã rồi nhập lại."],
        "CODE_INVALID" => T["Mã chỉ gồm chữ không dấu, số, gạch nối, tối đa 40 ký tự."],
        "LEVEL_UNKNOWN" => T["Cấp không đúng với đơn vị. Dùng province, district, commune hoặc village."],
        "PARENT_UNKNOWN" => T["Không có đơn vị cấp trên với mã này, hoặc dòng của nó không nhập được."],
        "PARENT_LEVEL" => T["Cấp trên không hợp với cấp của đơn vị vào ngày này (từ 01/07/2025 không còn cấp huyện)."],
        "UNIT_CHANGED" => T["Mã này đang là đơn vị khác. Nếu là sắp xếp lại đơn vị, nhập với ngày bắt đầu mới (--valid-from)."],
        "UNIT_ACCENTLESS" => T["Tên đơn vị viết không dấu, đã nhận ra."],
        "UNIT_VARIANT" => T["Tên đơn vị viết khác, đã nhận ra."],
        "UNIT_TYPE_ADDED" => T["Thiếu chữ xã, phường hoặc thị trấn, đã nhận ra."],
        "UNIT_FUZZY" => T["Không có đơn vị tên như vậy, chỉ có tên gần giống. Nếu đúng là đơn vị sau đây, hãy sửa ô này thành tên của nó."],
        "UNIT_AMBIGUOUS" => T["Tên này có thể là nhiều đơn vị. Ghi tên đúng, thêm tên huyện sau dấu phẩy."],
        "UNIT_UNKNOWN" => T["Không có đơn vị này. Kiểm tra tên hoặc mã đơn vị."],
        "UNIT_OUT_OF_SCOPE" => T["Đơn vị ngoài phạm vi của bạn. Chỉ nhập danh sách của đơn vị mình."],
        "VILLAGE_UNKNOWN" => T["Xã không có bản này. Sửa tên bản, hoặc nhờ quản trị thêm bản."],
        "TEAM_UNKNOWN" => T["Không có Tổ với mã này. Nhập danh sách Tổ trước, hoặc sửa mã."],
        "TEAM_OTHER_UNIT" => T["Tổ này thuộc đơn vị khác. Kiểm tra mã Tổ và mã đơn vị."],
        "TEAM_SECOND" => T["Đơn vị đã có một Tổ. Mỗi xã, mỗi bản chỉ có một Tổ."],
        "TEAM_DRAFT" => T["Chưa có số quyết định thành lập; Tổ ở trạng thái nháp và chưa được tính."],
        "DATE_INVALID" => T["Không đọc được ngày. Viết theo dạng 2022-08-30 hoặc 30/08/2022."],
        "DATE_FUTURE" => T["Ngày ở tương lai. Kiểm tra lại."],
        "JOINED_INVALID" => T["Không đọc được ngày tham gia; dùng ngày của danh sách."],
        "LEADER_MISSING" => T["Tổ chưa có Tổ trưởng."],
        "LEADER_MULTIPLE" => T["Tổ có hơn một Tổ trưởng; cần chọn một người."],
        "DEPUTY_MULTIPLE" => T["Tổ có hơn một Tổ phó."],
        "TEAM_OVER_MAX" => T["Tổ đông hơn mức quy định. Không ai bị loại; hãy chuyển bớt sang cộng tác viên hoặc xin ngoại lệ."],
        "TEAM_UNDER_MIN" => T["Tổ ít người hơn mức quy định."],
        _ => code,
    };
}
