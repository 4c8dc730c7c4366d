using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;

namespace TrainingSite.Library.Services;

/// <summary>What is wrong with an Office file.</summary>
internal enum PackageFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It carries programs.</summary>
    HasMacros,

    /// <summary>It fetches a template from another place when it is opened, a way in for programs.</summary>
    FetchesTemplate,

    /// <summary>It unpacks to more than any honest document.</summary>
    IsBomb,
}

/// <summary>Looks into an Office file (a ZIP of XML) before anything opens it.</summary>
internal static class OfficePackage
{
    /// <summary>Most bytes that a part which is read as a whole may have.</summary>
    public const long MaxUnpackedBytes = 200 * 1024 * 1024;

    private const int MaxEntries = 5000;
    private const int MaxDirectoryBytes = 4 * 1024 * 1024;

    /// <summary>Honest XML packs at most thirtyfold; below this size no ratio matters.</summary>
    private const long RatioFrom = 20 * 1024 * 1024;

    private const int MaxRatio = 150;

    /// <summary>Relations whose target is opened together with the file.</summary>
    private static readonly string[] Fetched = ["/attachedTemplate", "/oleObject", "/frame", "/subDocument"];

    private static readonly string[] Programs = ["vbaProject.bin", "vbaData.xml"];
    private static readonly string[] ProgramFolders = ["xl/macrosheets/", "word/activeX/", "xl/activeX/", "ppt/activeX/"];

    /// <summary>Looks. What the entries claim of their size is not believed, they are unpacked and counted.</summary>
    public static PackageFault Check(ZipArchive archive, long packedBytes)
    {
        if (archive.Entries.Count > MaxEntries || archive.Entries.Sum(entry => (decimal)entry.Length) > MaxUnpackedBytes)
        {
            return PackageFault.IsBomb;
        }

        if (archive.Entries.Any(IsProgram))
        {
            return PackageFault.HasMacros;
        }

        var buffer = new byte[81920];
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            var isDirectory = entry.FullName == "[Content_Types].xml" || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);
            using var kept = new MemoryStream();
            using var content = entry.Open();
            int count;
            while ((count = content.Read(buffer)) > 0)
            {
                total += count;
                if (total > MaxUnpackedBytes || (total > RatioFrom && total > packedBytes * MaxRatio))
                {
                    return PackageFault.IsBomb;
                }

                if (isDirectory)
                {
                    // These two kinds are read as wholes by whoever opens the file.
                    if (kept.Length > MaxDirectoryBytes)
                    {
                        return PackageFault.IsBomb;
                    }

                    kept.Write(buffer, 0, count);
                }
            }

            kept.Position = 0;
            if (isDirectory && CheckDirectory(kept) is not PackageFault.None and var fault)
            {
                return fault;
            }
        }

        return PackageFault.None;
    }

    /// <summary>Runs a reader over the opened package; whatever the library says of a broken one becomes one kind of failure.</summary>
    /// <exception cref="InvalidDataException">The file is broken or too long.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is OpenXmlPackageException or XmlException or FileFormatException or InvalidOperationException or ArgumentException or KeyNotFoundException or UriFormatException)
        {
            throw new InvalidDataException("The Office file is broken.", broken);
        }
    }

    /// <summary>Attributes of each such element of a part. Read piece by piece: a tree of a hostile part could overflow the stack.</summary>
    public static IReadOnlyList<List<OpenXmlAttribute>> AttributesOf<T>(OpenXmlPart part) where T : OpenXmlElement
    {
        const int Most = 3000;
        var found = new List<List<OpenXmlAttribute>>();
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read() && found.Count < Most)
        {
            if (reader.IsStartElement && reader.ElementType == typeof(T))
            {
                found.Add([.. reader.Attributes]);
            }
        }

        return found;
    }

    private static bool IsProgram(ZipArchiveEntry entry) =>
        Programs.Any(name => entry.FullName.EndsWith(name, StringComparison.OrdinalIgnoreCase))
        || ProgramFolders.Any(folder => entry.FullName.StartsWith(folder, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads what belongs to what: programs, and what is fetched from another place when the file is opened.</summary>
    private static PackageFault CheckDirectory(Stream directory)
    {
        using var xml = XmlReader.Create(directory, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (xml.Read())
        {
            var kind = xml.NodeType == XmlNodeType.Element ? xml.GetAttribute("Type") ?? xml.GetAttribute("ContentType") : null;
            if (kind is null)
            {
                continue;
            }

            if (kind.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || kind.Contains("vbaProject", StringComparison.OrdinalIgnoreCase))
            {
                return PackageFault.HasMacros;
            }

            if (string.Equals(xml.GetAttribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase)
                && Fetched.Any(fetched => kind.EndsWith(fetched, StringComparison.OrdinalIgnoreCase)) && IsElsewhere(xml.GetAttribute("Target") ?? ""))
            {
                return PackageFault.FetchesTemplate;
            }
        }

        return PackageFault.None;
    }

    /// <summary>Word notes where the author's own template lay, on a drive of their machine; only what comes over the network is a danger.</summary>
    private static bool IsElsewhere(string target)
    {
        var address = target.Trim().Replace('\\', '/');
        if (address.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            address = address["file:".Length..].TrimStart('/') is [_, ':', ..] own && char.IsAsciiLetter(own[0]) ? "" : "//";
        }

        return address.StartsWith("//", StringComparison.Ordinal) || address.Contains("://", StringComparison.Ordinal);
    }
}

/// <summary>Pages of text as a reader fills them, up to a limit, and for a limited time.</summary>
internal sealed class PageCollector(int maxCharacters, CancellationToken cancellationToken)
{
    private readonly List<string> _pages = [];
    private readonly StringBuilder _page = new();
    private int _total;

    /// <summary>Whether the page that is being filled has anything.</summary>
    public bool HasText => _page.Length > 0;

    /// <summary>Adds to the page.</summary>
    public void Append(string text)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _total += text.Length;
        if (_total > maxCharacters)
        {
            throw new InvalidDataException("The file holds too much text.");
        }

        _page.Append(text);
    }

    /// <summary>Ends the page, also an empty one.</summary>
    public void EndPage()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_pages.Count >= ExtractedText.MaxPages)
        {
            throw new InvalidDataException("The file holds too many pages.");
        }

        _pages.Add(_page.ToString());
        _page.Clear();
    }

    /// <summary>Looks at the clock where nothing is added for long.</summary>
    public void Tick() => cancellationToken.ThrowIfCancellationRequested();

    /// <summary>All pages.</summary>
    public IReadOnlyList<string> Pages => _pages;
}
