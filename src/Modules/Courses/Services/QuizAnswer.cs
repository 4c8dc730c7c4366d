namespace TrainingSite.Courses.Services;

/// <summary>What the form of a question sends. Which field counts follows from the question's type; the module's README lists them.</summary>
public sealed class QuizAnswer
{
    /// <summary>Choices: positions of the chosen options as they are shown, from 0.</summary>
    public int[] Choice { get; set; } = [];

    /// <summary>Steps: the place, from 1, of each step as they are shown.</summary>
    public int?[] Place { get; set; } = [];

    /// <summary>Pairs: for each left side the position of its right side as those are shown, from 0.</summary>
    public int?[] Pair { get; set; } = [];

    /// <summary>What was typed.</summary>
    public string? Text { get; set; }
}
