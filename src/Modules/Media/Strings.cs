namespace TrainingSite.Media;

/// <summary>Marks the module's texts: Vietnamese stands in the code, English in <c>Resources/Strings.en.resx</c>.</summary>
public sealed class Strings;
