using System.Text.Json;

namespace TrainingSite.BrowserTests;

/// <summary>Reads the test recipe's questions, so that a test can answer right or wrong on purpose.</summary>
internal static class TestCourse
{
    public static Dictionary<string, HashSet<string>> RightAnswers(string slug)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Recipes", "Site", "test", "courses", slug, "questions.json");
        using var questions = JsonDocument.Parse(File.ReadAllBytes(path));
        return questions.RootElement.EnumerateArray().ToDictionary(
            question => question.GetProperty("text").GetString()!,
            question => question.GetProperty("options").EnumerateArray().Where(option => option.GetProperty("correct").GetBoolean()).Select(option => option.GetProperty("text").GetString()!).ToHashSet());
    }
}
