using System.Text;
using CsvHelper;

namespace TrainingSite.Sessions.Services;

/// <summary>A small CSV file with a header: cells by the name of their column.</summary>
/// <param name="Columns">Names in the header.</param>
/// <param name="Rows">The records, each with its number in the file.</param>
internal sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<CsvTable.Row> Rows)
{
    /// <summary>One record.</summary>
    /// <param name="Number">Line of the file, the header is 1.</param>
    /// <param name="Cells">Cells by column.</param>
    internal sealed record Row(int Number, IReadOnlyDictionary<string, string> Cells)
    {
        /// <summary>The cell, cleaned; empty when there is none.</summary>
        public string this[string column] => Cells.GetValueOrDefault(column, "");
    }

    /// <summary>Whether the header has the column.</summary>
    public bool Has(string column) => Columns.Contains(column);

    /// <summary>Reads UTF-8, with commas or semicolons.</summary>
    public static CsvTable Read(byte[] content)
    {
        var text = new StreamReader(new MemoryStream(content), Encoding.UTF8).ReadToEnd();
        var firstLine = text.AsSpan()[..(text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end ? end : text.Length)];
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { Separator = firstLine.Contains(';') && !firstLine.Contains(',') ? ';' : ',', HasHeader = false, SkipEmptyLines = false });
        string[] columns = [];
        var rows = new List<Row>();
        for (var number = 1; reader.Read(); number++)
        {
            var cells = reader.Current.ToArray();
            if (columns.Length == 0)
            {
                columns = [.. cells.Select(cell => VietnameseText.Clean(cell).ToLowerInvariant())];
            }
            else if (!Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
            {
                var row = new Dictionary<string, string>(StringComparer.Ordinal);
                for (var index = 0; index < columns.Length && index < cells.Length; index++)
                {
                    row[columns[index]] = VietnameseText.Clean(cells[index]);
                }

                rows.Add(new(number, row));
            }
        }

        return new(columns, rows);
    }
}
