using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace TrainingSite.Library.Services;

/// <summary>The words of a Word file, read piece by piece: neither a huge nor a deeply nested file can fill the memory.</summary>
internal static class WordText
{
    private const int MaxEntries = 2000;
    private const long MaxUnpackedBytes = 200 * 1024 * 1024;

    /// <summary>Whether the package unpacks to more than any honest document: what the entries claim is not believed, they are unpacked and counted.</summary>
    public static bool IsTooLarge(ZipArchive archive)
    {
        if (archive.Entries.Count > MaxEntries || archive.Entries.Sum(entry => entry.Length) > MaxUnpackedBytes)
        {
            return true;
        }

        var buffer = new byte[81920];
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            int count;
            while ((count = content.Read(buffer)) > 0)
            {
                total += count;
                if (total > MaxUnpackedBytes)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The text, cut where Word last broke the pages.</summary>
    /// <exception cref="InvalidDataException">The file is broken or too long.</exception>
    public static IReadOnlyList<string> Read(string path, int maxCharacters)
    {
        try
        {
            using var document = WordprocessingDocument.Open(path, isEditable: false, new OpenSettings { MaxCharactersInPart = MaxUnpackedBytes });
            if (document.MainDocumentPart is not { } main)
            {
                throw new InvalidDataException("The package has no main document.");
            }

            using var reader = OpenXmlReader.Create(main);
            return Read(reader, maxCharacters);
        }
        catch (Exception broken) when (broken is OpenXmlPackageException or XmlException or FileFormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException("The Word file is broken.", broken);
        }
    }

    private static List<string> Read(OpenXmlReader reader, int maxCharacters)
    {
        var pages = new List<string>();
        var page = new StringBuilder();
        var total = 0;
        while (reader.Read())
        {
            if (reader.ElementType == typeof(AlternateContentFallback) && reader.IsStartElement)
            {
                // The same words stand in the first choice already.
                reader.Skip();
            }

            total -= page.Length;
            if (IsPageBreak(reader) && page.Length > 0)
            {
                pages.Add(page.ToString());
                total += page.Length;
                page.Clear();
            }
            else
            {
                Append(reader, page);
            }

            total += page.Length;
            if (total > maxCharacters)
            {
                throw new InvalidDataException("The Word file holds too much text.");
            }
        }

        if (!string.IsNullOrWhiteSpace(page.ToString()) || pages.Count == 0)
        {
            pages.Add(page.ToString());
        }

        return pages;
    }

    private static void Append(OpenXmlReader reader, StringBuilder page)
    {
        if (reader.IsStartElement)
        {
            if (reader.ElementType == typeof(Text))
            {
                page.Append(reader.GetText());
            }
            else if (reader.ElementType == typeof(TabChar))
            {
                page.Append('\t');
            }
            else if (reader.ElementType == typeof(Break) || reader.ElementType == typeof(CarriageReturn))
            {
                page.Append('\n');
            }
        }
        else if (reader.ElementType == typeof(Paragraph))
        {
            page.Append('\n');
        }
    }

    private static bool IsPageBreak(OpenXmlReader reader) => reader.IsStartElement
        && (reader.ElementType == typeof(LastRenderedPageBreak)
            || (reader.ElementType == typeof(Break) && reader.Attributes.Any(attribute => attribute.LocalName == "type" && attribute.Value == "page")));
}
