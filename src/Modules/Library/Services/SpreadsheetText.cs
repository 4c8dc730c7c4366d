using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace TrainingSite.Library.Services;

/// <summary>The words of an Excel file: a page for each sheet, a line for each row.</summary>
internal static class SpreadsheetText
{
    /// <summary>Sheet by sheet, in their order; hidden ones too.</summary>
    /// <exception cref="InvalidDataException">The file is broken or too long.</exception>
    public static IReadOnlyList<string> Read(string path, int maxCharacters, PageCollector pages) => OfficePackage.Read(() =>
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: false, new OpenSettings { MaxCharactersInPart = OfficePackage.MaxUnpackedBytes });
        if (document.WorkbookPart is not { } workbook)
        {
            throw new InvalidDataException("The package has no workbook.");
        }

        var shared = workbook.SharedStringTablePart is { } part ? ReadShared(part, maxCharacters, pages) : [];
        foreach (var attributes in OfficePackage.AttributesOf<Sheet>(workbook))
        {
            pages.Append(attributes.Find(attribute => attribute.LocalName == "name").Value + "\n");
            if (attributes.Find(attribute => attribute is { LocalName: "id", NamespaceUri.Length: > 0 }).Value is { } relation && workbook.GetPartById(relation) is WorksheetPart worksheet)
            {
                Append(worksheet, shared, pages);
            }

            pages.EndPage();
        }

        return pages.Pages;
    });

    private static List<string> ReadShared(SharedStringTablePart part, int maxCharacters, PageCollector pages)
    {
        var texts = new List<string>();
        var total = 0;
        var current = new System.Text.StringBuilder();
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            pages.Tick();
            if (reader.IsStartElement && reader.ElementType == typeof(Text))
            {
                current.Append(reader.GetText());
            }
            else if (reader.IsEndElement && reader.ElementType == typeof(SharedStringItem))
            {
                texts.Add(current.ToString());
                total += current.Length;
                current.Clear();
            }

            if (total + current.Length > maxCharacters)
            {
                throw new InvalidDataException("The file holds too much text.");
            }
        }

        return texts;
    }

    private static void Append(WorksheetPart worksheet, List<string> shared, PageCollector pages)
    {
        using var reader = OpenXmlReader.Create(worksheet);
        var isShared = false;
        var isFirst = true;
        while (reader.Read())
        {
            pages.Tick();
            if (reader.IsStartElement && reader.ElementType == typeof(Cell))
            {
                isShared = reader.Attributes.Any(attribute => attribute is { LocalName: "t", Value: "s" });
            }
            else if (reader.IsStartElement && (reader.ElementType == typeof(CellValue) || reader.ElementType == typeof(Text)))
            {
                var value = reader.GetText();
                var text = isShared ? int.TryParse(value, out var at) && at >= 0 && at < shared.Count ? shared[at] : "" : value;
                pages.Append(isFirst ? text : "\t" + text);
                isFirst = false;
            }
            else if (reader.IsEndElement && reader.ElementType == typeof(Row) && !isFirst)
            {
                pages.Append("\n");
                isFirst = true;
            }
        }
    }
}
