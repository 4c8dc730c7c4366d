using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace TrainingSite.Library.Templates;

/// <summary>
/// Fills the fields of a Word file, <c>{{ten_don_vi}}</c>, in its text, headers and footers. Word likes to cut a field into several runs: the
/// value then takes the look of the first. A row of a table with a field of a list comes once for each row of the list.
/// </summary>
internal static partial class TemplateFiller
{
    /// <summary>Fills. A field that the data does not have stays as it is, so that whoever opens the file sees it.</summary>
    public static byte[] Fill(byte[] template, TemplateData data)
    {
        using var stream = new MemoryStream();
        stream.Write(template);
        using (var document = WordprocessingDocument.Open(stream, isEditable: true))
        {
            var main = document.MainDocumentPart!;
            foreach (var root in main.HeaderParts.Select(part => (OpenXmlElement)part.Header).Concat(main.FooterParts.Select(part => part.Footer)).Prepend(main.Document))
            {
                foreach (var row in root.Descendants<TableRow>().ToList())
                {
                    Repeat(row, data);
                }

                Fill(root, name => data.Fields.GetValueOrDefault(name));
            }
        }

        return stream.ToArray();
    }

    private static void Repeat(TableRow row, TemplateData data)
    {
        var list = Field().Matches(row.InnerText).Select(match => match.Groups["name"].Value.Split('.')).FirstOrDefault(name => name.Length == 2 && data.Lists.ContainsKey(name[0]))?[0];
        if (list is null)
        {
            return;
        }

        foreach (var values in data.Lists[list])
        {
            var copy = (TableRow)row.CloneNode(deep: true);
            Fill(copy, name => name.StartsWith(list + ".", StringComparison.Ordinal) ? values.GetValueOrDefault(name[(list.Length + 1)..]) : null);
            row.InsertBeforeSelf(copy);
        }

        row.Remove();
    }

    private static void Fill(OpenXmlElement root, Func<string, string?> valueOf)
    {
        foreach (var paragraph in root.Descendants<Paragraph>())
        {
            var texts = paragraph.Descendants<Text>().Where(text => text.Ancestors<Paragraph>().First() == paragraph).ToList();
            var matches = Field().Matches(string.Concat(texts.Select(text => text.Text)));
            // From the last to the first, so that the places of those before stay right.
            foreach (var match in matches.Reverse())
            {
                if (valueOf(match.Groups["name"].Value) is { } value)
                {
                    Replace(texts, match.Index, match.Length, value);
                }
            }
        }
    }

    private static void Replace(List<Text> texts, int start, int length, string value)
    {
        var at = 0;
        foreach (var text in texts)
        {
            var (from, to) = (Math.Max(start, at), Math.Min(start + length, at + text.Text.Length));
            at += text.Text.Length;
            if (from < to)
            {
                var begin = at - text.Text.Length;
                text.Text = text.Text[..(from - begin)] + (from == start ? value : "") + text.Text[(to - begin)..];
                text.Space = SpaceProcessingModeValues.Preserve;
            }
        }
    }

    [GeneratedRegex(@"\{\{\s*(?<name>[\w.]+)\s*\}\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field();
}
