using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;

namespace TrainingSite.Library.Services;

/// <summary>The words of a PowerPoint file: a page for each slide, with the speaker's notes.</summary>
internal static class SlideText
{
    /// <summary>Slide by slide, in the order of showing.</summary>
    /// <exception cref="InvalidDataException">The file is broken or too long.</exception>
    public static IReadOnlyList<string> Read(string path, PageCollector pages) => OfficePackage.Read(() =>
    {
        using var document = PresentationDocument.Open(path, isEditable: false, new OpenSettings { MaxCharactersInPart = OfficePackage.MaxUnpackedBytes });
        if (document.PresentationPart is not { } presentation)
        {
            throw new InvalidDataException("The package has no presentation.");
        }

        foreach (var attributes in OfficePackage.AttributesOf<SlideId>(presentation))
        {
            if (attributes.Find(attribute => attribute is { LocalName: "id", NamespaceUri.Length: > 0 }).Value is { } relation && presentation.GetPartById(relation) is SlidePart slide)
            {
                Append(slide, pages);
                if (slide.NotesSlidePart is { } notes)
                {
                    Append(notes, pages);
                }

                pages.EndPage();
            }
        }

        return pages.Pages;
    });

    private static void Append(OpenXmlPart part, PageCollector pages)
    {
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            pages.Tick();
            if (reader.IsStartElement && reader.ElementType == typeof(DocumentFormat.OpenXml.Drawing.Text))
            {
                pages.Append(reader.GetText());
            }
            else if (reader.IsEndElement && reader.ElementType == typeof(Paragraph) && pages.HasText)
            {
                pages.Append("\n");
            }
        }
    }
}
