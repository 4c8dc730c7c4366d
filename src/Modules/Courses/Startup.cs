using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Archives;
using TrainingSite.Courses.Recipes;
using TrainingSite.Courses.Services;
using TrainingSite.Courses.Tasks;
using TrainingSite.Courses.ViewComponents;
using TrainingSite.Media.Models;

namespace TrainingSite.Courses;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPermissions<Permissions>();
        services.Configure<CourseOptions>(configuration.GetSection("Courses"));
        // A course that is as large as the site takes must fit into a form.
        services.AddOptions<FormOptions>().Configure<IOptions<CourseOptions>>((form, courses) => form.MultipartBodyLengthLimit = Math.Max(form.MultipartBodyLengthLimit, courses.Value.ImportMaxBytes + (1024 * 1024)));
        services.AddSingleton<INavigationProvider, Menu>();
        services.AddSingleton<LessonDrawings>();
        services.AddSingleton<LessonRenderer>();
        services.AddScoped<LessonMedia>();
        services.AddScoped<IMediaUse, LessonMediaUse>();
        services.AddScoped<IEventHandler<MediaChanged>, LessonMediaUse>();
        services.AddScoped<QuestionBank>();
        services.AddScoped<QuestionPictures>();
        services.AddScoped<CourseStandings>();
        services.AddScoped<CourseWords>();
        services.AddScoped<CourseEditor>();
        services.AddScoped<CourseContents>();
        services.AddScoped<CourseContentCheck>();
        services.AddScoped<CourseDiff>();
        services.AddScoped<WorkingCopies>();
        services.AddSingleton<CourseArchive>();
        services.AddScoped<CourseTransfer>();
        services.AddScoped<CoursePublisher>();
        services.AddScoped<PublicationService>();
        services.AddBackgroundTask<PublishCoursesTask>();
        services.AddScoped<LearningPaths>();
        services.AddScoped<PathEditor>();
        services.AddScoped<LessonEditor>();
        services.AddSingleton<LessonQuery>();
        services.AddScoped<LessonReader>();
        services.AddScoped<ProgressService>();
        services.AddScoped<CompletionService>();
        services.AddScoped<QuizService>();
        services.AddScoped<QuizPages>();
        services.AddScoped<TodayCourses>();
        services.AddZoneContributor<HomeCoursesViewComponent>("home", 20);
        services.AddZoneContributor<NextCourseViewComponent>("today", 10);
        services.AddZoneContributor<LearningPathViewComponent>("today", 25);
        services.AddZoneContributor<TopicRingsViewComponent>("today", 30);
        services.AddZoneContributor<TeamLineViewComponent>("today", 40);
        services.AddZoneContributor<CompletionFiguresViewComponent>("organizer", 40, Permissions.ViewLearning);
        services.AddZoneContributor<PersonCompletionsViewComponent>("me", 20);
        services.AddZoneContributor<PersonCompletionsViewComponent>("person", 20);
        services.AddZoneContributor<TeamLearningViewComponent>("team", 30, Permissions.ViewLearning);
        services.AddScoped<IRecipeStepHandler, TopicsStep>();
        services.AddScoped<IRecipeStepHandler, CoursesStep>();
        services.AddScoped<IRecipeStepHandler, LearningPathsStep>();
        services.AddScoped<IRecipeStepHandler, ProgressStep>();
    }
}
