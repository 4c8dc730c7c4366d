using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Tasks;

/// <summary>Publishes courses whose time has come.</summary>
[BackgroundTask("5 * * * * ?", "Đăng khóa học đã hẹn giờ")]
internal sealed class PublishCoursesTask(PublicationService publications) : IBackgroundTask
{
    public Task ExecuteAsync(CancellationToken cancellationToken) => publications.PublishDueAsync(cancellationToken);
}
