namespace TrainingSite.Courses.Topics;

/// <summary>Changes of topics come into force at midnight, or soon after when the site was not running.</summary>
[BackgroundTask("3 */10 * * * ?", "Áp dụng thay đổi chuyên đề đến ngày có hiệu lực")]
internal sealed class ApplyTopicsTask(TopicEditor editor) : IBackgroundTask
{
    public Task ExecuteAsync(CancellationToken cancellationToken) => editor.ApplyAsync(cancellationToken);
}
