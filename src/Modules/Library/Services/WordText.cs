using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace TrainingSite.Library.Services;

/// <summary>The words of a Word file, read piece by piece: neither a huge nor a deeply nested file can fill the memory.</summary>
internal static class WordText
{
    /// <summary>The text, cut where Word last broke the pages.</summary>
    /// <exception cref="InvalidDataException">The file is broken or too long.</exception>
    public static IReadOnlyList<string> Read(string path, PageCollector pages) => OfficePackage.Read(() =>
    {
        using var document = WordprocessingDocument.Open(path, isEditable: false, new OpenSettings { MaxCharactersInPart = OfficePackage.MaxUnpackedBytes });
        if (document.MainDocumentPart is not { } main)
        {
            throw new InvalidDataException("The package has no main document.");
        }

        using var reader = OpenXmlReader.Create(main);
        Read(reader, pages);
        return pages.Pages;
    });

    private static void Read(OpenXmlReader reader, PageCollector pages)
    {
        while (reader.Read())
        {
            pages.Tick();
            if (reader.ElementType == typeof(AlternateContentFallback) && reader.IsStartElement)
            {
                // The same words stand in the first choice already.
                reader.Skip();
            }

            if (IsPageBreak(reader) && pages.HasText)
            {
                pages.EndPage();
            }
            else
            {
                Append(reader, pages);
            }
        }

        if (pages.HasText || pages.Pages.Count == 0)
        {
            pages.EndPage();
        }
    }

    private static void Append(OpenXmlReader reader, PageCollector pages)
    {
        if (reader.IsStartElement)
        {
            if (reader.ElementType == typeof(Text))
            {
                pages.Append(reader.GetText());
            }
            else if (reader.ElementType == typeof(TabChar))
            {
                pages.Append("\t");
            }
            else if (reader.ElementType == typeof(Break) || reader.ElementType == typeof(CarriageReturn))
            {
                pages.Append("\n");
            }
        }
        else if (reader.ElementType == typeof(Paragraph))
        {
            pages.Append("\n");
        }
    }

    private static bool IsPageBreak(OpenXmlReader reader) => reader.IsStartElement
        && (reader.ElementType == typeof(LastRenderedPageBreak)
            || (reader.ElementType == typeof(Break) && reader.Attributes.Any(attribute => attribute.LocalName == "type" && attribute.Value == "page")));
}
