using Microsoft.Extensions.Localization;

namespace TrainingSite.Jobs.Services;

/// <summary>What a task does, in the reader's language. The words stand on the task, their translation among the texts of its module.</summary>
public sealed class TaskWords(IStringLocalizerFactory localizers)
{
    /// <summary>One sentence for people.</summary>
    public string Describe(BackgroundTaskInfo task) => localizers.Create("Strings", task.Type.Assembly.GetName().Name!)[task.Description];
}
