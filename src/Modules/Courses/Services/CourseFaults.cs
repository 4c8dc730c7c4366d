using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.Services;

/// <summary>What is said when somebody else was faster.</summary>
internal static class CourseFaults
{
    public static Fault CourseChangedMeanwhile(this IStringLocalizer<Strings> T) =>
        new("course_changed_meanwhile", T["Có người vừa sửa hoặc đăng khóa học này. Hãy mở lại trang để xem."], Kind: FaultKind.Conflict);

    public static Fault CourseChangedSinceAsked(this IStringLocalizer<Strings> T) =>
        new("course_changed_since_asked", T["Khóa học đã được sửa sau khi gửi duyệt. Người soạn cần gửi lại bản mới."], Kind: FaultKind.Conflict);
}
