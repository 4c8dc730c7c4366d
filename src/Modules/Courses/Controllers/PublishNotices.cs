using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Controllers;

/// <summary>Tells an author what became of a wish to publish.</summary>
internal static class PublishNotices
{
    /// <summary>What the next page is told by when an author was asked whether completions may end; the next form answers yes.</summary>
    public const string Asked = "courses.ends";

    /// <summary>What an author wrote who was asked or refused, for the next form: what changed, and when readers shall see it.</summary>
    public const string Note = "courses.note", At = "courses.at";

    /// <summary>Tells it on the next page.</summary>
    /// <param name="notifier">Tells the author.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="title">The course.</param>
    /// <param name="next">What the next page knows.</param>
    /// <param name="T">Words.</param>
    public static void Tell(this INotifier notifier, Result<PublishOutcome> result, string title, ITempDataDictionary next, IStringLocalizer<Strings> T)
    {
        if (!result.Succeeded)
        {
            if (result.Faults[0].Code == CoursePublisher.EndsCompletions)
            {
                next[Asked] = true;
            }

            notifier.Error(result.Faults[0].Message);
            return;
        }

        notifier.Success(result.Value switch
        {
            PublishOutcome.Published => T["Đã đăng “{0}”. Mọi người thấy khóa học từ bây giờ.", title],
            PublishOutcome.Scheduled => T["“{0}” sẽ tự đăng đúng giờ đã hẹn.", title],
            PublishOutcome.Asked => T["Đã gửi duyệt “{0}”. Người khác có quyền duyệt sẽ thấy ở đầu danh sách.", title],
            PublishOutcome.Returned => T["Đã trả lại “{0}” cùng lời nhắn.", title],
        });
    }
}
