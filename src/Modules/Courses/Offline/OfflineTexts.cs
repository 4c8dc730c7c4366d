using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.Offline;

/// <summary>The words that the scripts say, handed to them with the page.</summary>
public static class OfflineTexts
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    extension(IStringLocalizer<Strings> T)
    {
        /// <summary>What the line says that tells what is on the phone and what has reached the server, as JSON.</summary>
        public string SyncTexts() => Write(T.Line());

        /// <summary>What the kept page of a course says, as JSON.</summary>
        public string LearnTexts() => Write(new(T.Line())
        {
            ["fromPhone"] = T["Bản trên máy, tải ngày {0}."],
            ["fromPhoneOffline"] = T["Không có mạng. Bản trên máy, tải ngày {0}."],
            ["home"] = T["Khóa học trên máy này"],
            ["dots"] = T["Bài {0} trong {1}, đã xong {2} bài"],
            ["start"] = T["Bắt đầu học"],
            ["goOn"] = T["Học tiếp"],
            ["nth"] = T["Bài {0} trong {1}"],
            ["quiz"] = T["Bài kiểm tra"],
            ["doQuiz"] = T["Làm bài kiểm tra"],
            ["lastStep"] = T["Bạn đã đọc xong các bài. Chỉ còn bài kiểm tra."],
            ["question"] = T["Câu {0} trong {1}"],
            ["answerMissing"] = T["Bạn chưa trả lời đủ câu này."],
            ["placeTwice"] = T["Có hai bước cùng một thứ tự. Mỗi số chỉ dùng cho một bước."],
            ["begin"] = T["Bắt đầu"],
            ["continue"] = T["Làm tiếp"],
            ["again"] = T["Làm lại"],
            ["answered"] = T["Bạn đã trả lời đủ {0} câu."],
            ["attempt"] = T["Lần {0}"],
            ["passed"] = T["Đạt {0}/{1}"],
            ["failed"] = T["Chưa đạt {0}/{1}"],
            ["noPapers"] = T["Chưa có đề trên máy. Khi có mạng, mở trang khóa học rồi bấm “Cập nhật”."],
            ["needsAccount"] = T["Bài kiểm tra cần tài khoản thành viên. Khi có mạng, hãy đăng nhập rồi tải lại khóa học."],
        });

        /// <summary>What a course's page says of keeping it, as JSON.</summary>
        public string KeepTexts() => Write(new(T.Line())
        {
            ["keeping"] = T["Đang tải về máy, {0} trong {1} tệp…"],
            ["kept"] = T["Đã tải về máy, {0} kB, ngày {1}. Mở được cả khi không có mạng."],
            ["stale"] = T["Khóa học đã được đăng lại từ khi bạn tải (ngày {0}, {1} kB). Hãy cập nhật để đọc bản mới."],
            ["forOther"] = T["Khóa học đã có trên máy này, {0} kB. Tải thêm phần của bạn để lưu tiến độ và làm bài kiểm tra khi không có mạng."],
            ["update"] = T["Cập nhật"],
            ["mine"] = T["Tải phần của tôi"],
            ["notKept"] = T["Chưa tải được. Hãy thử lại khi mạng khá hơn; phần đã có vẫn còn."],
            ["dropped"] = T["Đã xóa khỏi máy."],
            ["dropAsk"] = T["Còn {0} việc học chưa gửi. Chúng vẫn ở lại máy và được gửi sau. Xóa khóa học khỏi máy?"],
        });

        /// <summary>What the page of kept courses says, as JSON.</summary>
        public string HomeTexts() => Write(new(T.Line())
        {
            ["kept"] = T["{0} kB, tải ngày {1}"],
            ["pinOf"] = T["Mã PIN của {0}"],
            ["pinWrong"] = T["Mã PIN chưa đúng. Hãy thử lại."],
            ["pinLocked"] = T["Mã PIN đã bị khóa vì thử sai nhiều lần. Khi có mạng, hãy đăng nhập bằng mật khẩu."],
            ["pinGone"] = T["Máy này không còn mở được tài khoản ấy. Hãy đăng nhập bằng mật khẩu rồi đặt lại mã PIN."],
        });

        private Dictionary<string, string> Line() => new()
        {
            ["counts"] = T["Đã lưu trên máy {0} · Đã gửi {1} · lần cuối {2}"],
            ["countsNever"] = T["Đã lưu trên máy {0} · Đã gửi {1} · chưa kết nối lần nào"],
            ["online"] = T["Có mạng."],
            ["offline"] = T["Máy giữ lại và tự gửi khi có mạng."],
            ["failed"] = T["Chưa gửi được, máy sẽ thử lại."],
            ["signedOut"] = T["Đã hết phiên đăng nhập; phần học vẫn còn trên máy."],
            ["otherAccount"] = T["Phần học của người khác trên máy này chờ người ấy đăng nhập."],
            ["letGo"] = T["Bỏ"],
            ["letGoAsk"] = T["Bỏ “{0}” khỏi máy? Bỏ rồi thì không lấy lại được."],
            ["open"] = T["Mở bài"],
            ["finish"] = T["Đọc xong bài"],
            ["position"] = T["Đọc đến giữa bài"],
            ["quizDone"] = T["Bài kiểm tra làm lúc {0}"],
        };
    }

    private static string Write(Dictionary<string, string> texts) => JsonSerializer.Serialize(texts, Options);
}
