namespace TrainingSite.Search.Text;

/// <summary>Cuts a text into passages of 100 to 200 words, at the ends of paragraphs and sentences.</summary>
internal static class PassageCutter
{
    private const int Enough = 130;
    private const int Most = 230;

    /// <summary>The passages, in order; one empty passage for an empty text, so that the title can be found.</summary>
    public static List<string> Cut(string text)
    {
        var passages = new List<string>();
        var current = new List<string>();
        var words = 0;
        if (CountWords(text) <= Most)
        {
            return [VietnameseText.Clean(text)];
        }

        foreach (var sentence in Sentences(text).SelectMany(Shorten))
        {
            var length = CountWords(sentence);
            if (words > 0 && (words >= Enough || words + length > Most))
            {
                passages.Add(string.Join(' ', current));
                current.Clear();
                words = 0;
            }

            current.Add(sentence);
            words += length;
        }

        // A short rest stays with what it follows.
        if (passages.Count > 0 && words < Enough / 4)
        {
            current.Insert(0, passages[^1]);
            passages.RemoveAt(passages.Count - 1);
        }

        passages.Add(string.Join(' ', current));
        return passages;
    }

    private static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var isEnd = text[at] == '\n' || (text[at] is '.' or '!' or '?' or ';' && at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]));
            if (isEnd)
            {
                if (VietnameseText.Clean(text[start..(at + 1)]) is { Length: > 0 } sentence)
                {
                    yield return sentence;
                }

                start = at + 1;
            }
        }

        if (VietnameseText.Clean(text[start..]) is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    private static IEnumerable<string> Shorten(string sentence) =>
        CountWords(sentence) <= Most ? [sentence] : sentence.Split(' ').Chunk(Enough).Select(words => string.Join(' ', words));

    private static int CountWords(string text)
    {
        var words = 0;
        var inWord = false;
        foreach (var character in text)
        {
            var isBlank = char.IsWhiteSpace(character);
            words += !isBlank && !inWord ? 1 : 0;
            inWord = !isBlank;
        }

        return words;
    }
}
