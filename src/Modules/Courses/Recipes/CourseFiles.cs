namespace TrainingSite.Courses.Recipes;

/// <summary>Where the module's own seed files are: beside the binaries, see <c>Directory.Build.targets</c>.</summary>
internal static class CourseFiles
{
    public static string ModulePath(string name) => Path.Combine(AppContext.BaseDirectory, "Recipes", "Courses", name);
}
