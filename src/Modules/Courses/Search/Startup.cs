using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Apps;
using TrainingSite.Courses.Models;
using TrainingSite.Search.Models;

namespace TrainingSite.Courses.Search;

/// <summary>Lets courses, lessons and apps be found.</summary>
[RequireFeatures("Search")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ISearchTopics, TopicNames>();
        services.AddScoped<ISearchSource, CourseSource>();
        services.AddScoped<ISearchSource, LessonSource>();
        services.AddScoped<ISearchSource, AppSource>();
        services.AddScoped<IEventHandler<CourseChanged>, CourseIndexer>();
        services.AddScoped<IEventHandler<AppChanged>, AppIndexer>();
    }
}
