namespace TrainingSite.Search.Text;

/// <summary>What staff have said about words: the lists that a query is read with.</summary>
/// <param name="Abbreviations">Abbreviations and their phrases.</param>
/// <param name="Synonyms">Phrases that mean the same.</param>
internal sealed record QueryWords(AbbreviationList Abbreviations, SynonymList Synonyms)
{
    /// <summary>Empty lists.</summary>
    public static readonly QueryWords None = new(new([]), new([]));
}
