using CsvHelper;

namespace TrainingSite.Organization.Services.Import;

/// <summary>A data record of the file.</summary>
/// <param name="Number">Number of the CSV record, from 1.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record ImportRecord(int Number, string[] Cells);

/// <summary>The columns that an import knows: a field's name and the headings that mean it, without case, accents and punctuation.</summary>
internal sealed class ImportColumns(IReadOnlyDictionary<string, string[]> headings, params string[] required)
{
    private readonly Dictionary<string, string> _fields = headings
        .SelectMany(pair => pair.Value.Select(heading => (Heading: Key(heading), Field: pair.Key)))
        .ToDictionary(pair => pair.Heading, pair => pair.Field, StringComparer.Ordinal);

    /// <summary>Fields without which the file is not of this kind; <c>|</c> between those of which one is enough.</summary>
    public IReadOnlyList<string> Required => required;

    public string? FieldOf(string heading) => _fields.GetValueOrDefault(Key(heading));

    /// <summary>A heading that people know, for messages.</summary>
    public string NameOf(string field) => headings[field][0];

    private static string Key(string heading) => new([.. VietnameseText.Fold(heading).Where(char.IsLetterOrDigit)]);
}

/// <summary>
/// A table read from a CSV file as clerks send it: finds encoding, separator and header, leaves out letterhead, blank rows and signatures.
/// Records are read as they are asked for; <see cref="Container"/> is complete after the last one.
/// </summary>
internal sealed class ImportTable
{
    private static readonly string[] FooterWords = ["tong cong", "tong so", "cong:", "nguoi lap", "nguoi tong hop", "tm.", "kt.", "(da ky)", "chu tich"];
    private readonly CsvReader? _reader;
    private readonly ImportColumns _columns;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private string[] _headings = [];
    private int _width;
    private ImportRecord? _pending;

    private ImportTable(byte[] content, ImportColumns columns)
    {
        _columns = columns;
        if (ImportText.Decode(content, Container) is not { } text)
        {
            return;
        }

        _reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = Container.Delimiter[0],
            HasHeader = false,
            SkipEmptyLines = false,
            PoolStrings = true,
        });
        FindHeader();
    }

    public ImportContainer Container { get; } = new();

    /// <summary>What stands above the table.</summary>
    public List<string> Titles { get; } = [];

    /// <summary>Reads the file's head.</summary>
    public static ImportTable Open(byte[] content, ImportColumns columns) => new(content, columns);

    public bool HasColumn(string field) => _index.ContainsKey(field);

    /// <summary>The heading of a field as the file writes it; our name for it when the file has none.</summary>
    public string Heading(string field) => _index.TryGetValue(field, out var index) ? _headings[index] : _columns.NameOf(field);

    /// <summary>A cell as it stands; empty when the file has no such column or the row is short.</summary>
    public string Cell(ImportRecord record, string field) =>
        _index.TryGetValue(field, out var index) && index < record.Cells.Length ? record.Cells[index] : "";

    /// <summary>Issues of the record's shape.</summary>
    public ImportIssue? Shape(ImportRecord record) =>
        record.Cells.Length > _headings.Length && record.Cells.Skip(_headings.Length).Any(cell => !string.IsNullOrWhiteSpace(cell)) ? new("ROW_SHAPE")
        : record.Cells.Length < _width ? new("ROW_SHORT")
        : null;

    /// <summary>The data records.</summary>
    public IEnumerable<ImportRecord> Records()
    {
        if (_reader is null || Container.Issues.Exists(issue => issue.Severity == ImportSeverity.Error))
        {
            yield break;
        }

        var ended = false;
        while (Next() is { } record)
        {
            if (IsBlank(record))
            {
                Container.Skip("blank", record.Number, "BLANK_ROWS_SKIPPED");
            }
            else if ((ended && record.Cells.Count(cell => !string.IsNullOrWhiteSpace(cell)) <= 3) || IsFooter(record))
            {
                ended = true;
                Container.Skip("footer", record.Number, "FOOTER_SKIPPED");
            }
            else if (Recognized(record.Cells) >= Math.Max(2, _index.Count - 2))
            {
                Container.Skip("header", record.Number, "HEADER_REPEATED");
            }
            else
            {
                yield return record;
            }
        }

        _reader.Dispose();
    }

    private ImportRecord? Next()
    {
        if (_pending is { } pending)
        {
            _pending = null;
            return pending;
        }

        if (!_reader!.Read())
        {
            return null;
        }

        Container.PhysicalRows++;
        return new(Container.PhysicalRows, _reader.Current.ToArray());
    }

    private void FindHeader()
    {
        while (Container.PhysicalRows < 30 && Next() is { } record)
        {
            if (IsBlank(record))
            {
                Container.Skip("blank", record.Number, "BLANK_ROWS_SKIPPED");
            }
            else if (Recognized(record.Cells) >= 2)
            {
                TakeHeader(record);
                break;
            }
            else
            {
                Container.Skip("title", record.Number, "TITLE_ROWS_SKIPPED");
                Titles.AddRange(record.Cells.Select(VietnameseText.Clean).Where(cell => cell.Length > 0));
            }
        }

        if (_headings.Length == 0)
        {
            Container.Issues.Add(new(Container.PhysicalRows == 0 ? "FILE_EMPTY" : "HEADER_MISSING", Detail: string.Join(", ", _columns.Required.Select(field => _columns.NameOf(field.Split('|')[0])))));
            return;
        }

        foreach (var missing in _columns.Required.Where(field => !field.Split('|').Any(_index.ContainsKey)))
        {
            Container.Issues.Add(new("HEADER_MISSING", Detail: _columns.NameOf(missing.Split('|')[0])));
        }
    }

    private void TakeHeader(ImportRecord record)
    {
        Container.HeaderRows.Add(record.Number);
        _headings = [.. record.Cells.Select(VietnameseText.Clean)];
        _width = Array.FindLastIndex(_headings, heading => heading.Length > 0) + 1;
        if (_width < _headings.Length)
        {
            Container.Issues.Add(new("BLANK_COLUMNS_SKIPPED"));
        }

        for (var index = 0; index < _width; index++)
        {
            if (_columns.FieldOf(_headings[index]) is { } field)
            {
                _index.TryAdd(field, index);
            }
        }

        TakeSecondHeaderRow();
    }

    /// <summary>Merged cells leave a second row with "Nam" and "Nữ" under the year of birth.</summary>
    private void TakeSecondHeaderRow()
    {
        if (Next() is not { } second)
        {
            return;
        }

        var parts = second.Cells.Select((cell, index) => (Field: VietnameseText.Fold(cell) switch { "nam" => "born_male", "nu" => "born_female", "" => "", _ => "?" }, index)).Where(part => part.Field.Length > 0).ToArray();
        if (parts.Length == 0 || parts.Any(part => part.Field == "?"))
        {
            _pending = second;
            return;
        }

        Container.HeaderRows.Add(second.Number);
        Container.Issues.Add(new("HEADER_MERGED"));
        foreach (var (field, index) in parts)
        {
            _index[field] = index;
            if (index < _headings.Length && _headings[index].Length == 0)
            {
                _headings[index] = _headings[index - 1];
            }
        }
    }

    private int Recognized(string[] cells) => cells.Select(_columns.FieldOf).Where(field => field is not null).Distinct().Count();

    private static bool IsBlank(ImportRecord record) => Array.TrueForAll(record.Cells, string.IsNullOrWhiteSpace);

    private static bool IsFooter(ImportRecord record)
    {
        var filled = record.Cells.Where(cell => !string.IsNullOrWhiteSpace(cell)).Select(VietnameseText.Fold).ToArray();
        return filled.Length <= 3 && filled.Any(cell => FooterWords.Any(word => cell.StartsWith(word, StringComparison.Ordinal)));
    }
}
