using System.Buffers.Binary;
using System.Text;

namespace TrainingSite.Courses.Certificates.Pdf;

/// <summary>A TrueType font: what a PDF needs to know of it, and its outlines cut down to some glyphs.</summary>
internal sealed class TrueTypeFont
{
    private const int UnicodeBmpFormat = 4;
    private readonly byte[] _data;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = [];
    private readonly int _cmap;
    private readonly int _metricCount;

    public TrueTypeFont(byte[] data, string name)
    {
        _data = data;
        Name = name;
        var count = U16(4);
        for (var index = 0; index < count; index++)
        {
            var entry = 12 + 16 * index;
            _tables[Encoding.ASCII.GetString(data, entry, 4)] = ((int)U32(entry + 8), (int)U32(entry + 12));
        }

        var head = Table("head");
        UnitsPerEm = U16(head + 18);
        Box = [S16(head + 36), S16(head + 38), S16(head + 40), S16(head + 42)];
        var horizontal = Table("hhea");
        Ascent = S16(horizontal + 4);
        Descent = S16(horizontal + 6);
        _metricCount = U16(horizontal + 34);
        _cmap = FindCharacterMap();
    }

    /// <summary>PostScript name.</summary>
    public string Name { get; }

    /// <summary>Units of one em.</summary>
    public int UnitsPerEm { get; }

    /// <summary>Height over the base line, in font units.</summary>
    public int Ascent { get; }

    /// <summary>Depth under the base line, negative.</summary>
    public int Descent { get; }

    /// <summary>The box around all glyphs.</summary>
    public IReadOnlyList<int> Box { get; }

    /// <summary>The glyph of a character; 0, an empty box, when the font has none.</summary>
    public int Glyph(Rune character)
    {
        if (!character.IsBmp)
        {
            return 0;
        }

        var segments = U16(_cmap + 6) / 2;
        var ends = _cmap + 14;
        var starts = ends + 2 * segments + 2;
        var deltas = starts + 2 * segments;
        var ranges = deltas + 2 * segments;
        for (var index = 0; index < segments; index++)
        {
            if (character.Value > U16(ends + 2 * index))
            {
                continue;
            }

            var start = U16(starts + 2 * index);
            if (character.Value < start)
            {
                return 0;
            }

            var delta = U16(deltas + 2 * index);
            var range = U16(ranges + 2 * index);
            if (range == 0)
            {
                return (character.Value + delta) & 0xFFFF;
            }

            var glyph = U16(ranges + 2 * index + range + 2 * (character.Value - start));
            return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
        }

        return 0;
    }

    /// <summary>Width of a glyph in thousandths of an em.</summary>
    public double Width(int glyph) => U16(Table("hmtx") + 4 * Math.Min(glyph, _metricCount - 1)) * 1000.0 / UnitsPerEm;

    /// <summary>The font with the outlines of these glyphs alone. Numbers of glyphs stay, so that text needs no other numbers.</summary>
    public byte[] Subset(IEnumerable<int> glyphs)
    {
        var kept = WithParts(glyphs);
        var count = U16(Table("maxp") + 4);
        var outlines = new MemoryStream();
        var offsets = new byte[4 * (count + 1)];
        for (var glyph = 0; glyph < count; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * glyph), (uint)outlines.Length);
            if (kept.Contains(glyph))
            {
                outlines.Write(_data, Outline(glyph), Outline(glyph + 1) - Outline(glyph));
                Pad(outlines);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * count), (uint)outlines.Length);
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in new[] { "head", "hhea", "maxp", "hmtx", "cvt ", "fpgm", "prep" })
        {
            if (_tables.TryGetValue(name, out var table))
            {
                tables[name] = _data.AsSpan(table.Offset, table.Length).ToArray();
            }
        }

        // The offsets below are long ones.
        BinaryPrimitives.WriteInt16BigEndian(tables["head"].AsSpan(50), 1);
        tables["loca"] = offsets;
        tables["glyf"] = outlines.ToArray();
        return Assemble(tables);
    }

    /// <summary>Composed glyphs (most Vietnamese letters) need the glyphs that they are made of.</summary>
    private HashSet<int> WithParts(IEnumerable<int> glyphs)
    {
        const int WideArguments = 0x1, Scale = 0x8, More = 0x20, TwoScales = 0x40, Matrix = 0x80;
        var kept = new HashSet<int>();
        var waiting = new Queue<int>(glyphs.Append(0));
        while (waiting.TryDequeue(out var glyph))
        {
            var start = Outline(glyph);
            if (!kept.Add(glyph) || Outline(glyph + 1) == start || S16(start) >= 0)
            {
                continue;
            }

            var part = start + 10;
            int flags;
            do
            {
                flags = U16(part);
                waiting.Enqueue(U16(part + 2));
                part += 4 + ((flags & WideArguments) != 0 ? 4 : 2);
                part += (flags & Scale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & Matrix) != 0 ? 8 : 0;
            }
            while ((flags & More) != 0);
        }

        return kept;
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        using var file = new MemoryStream();
        var power = (int)Math.Log2(tables.Count);
        WriteU32(file, 0x00010000);
        WriteU16(file, tables.Count);
        WriteU16(file, 16 << power);
        WriteU16(file, power);
        WriteU16(file, 16 * tables.Count - (16 << power));
        var offset = 12 + 16 * tables.Count;
        foreach (var (name, table) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(name));
            WriteU32(file, Checksum(table));
            WriteU32(file, (uint)offset);
            WriteU32(file, (uint)table.Length);
            offset += (table.Length + 3) / 4 * 4;
        }

        foreach (var table in tables.Values)
        {
            file.Write(table);
            Pad(file);
        }

        return file.ToArray();
    }

    private static uint Checksum(byte[] table)
    {
        var sum = 0u;
        for (var at = 0; at < table.Length; at++)
        {
            sum += (uint)table[at] << (24 - 8 * (at % 4));
        }

        return sum;
    }

    private int FindCharacterMap()
    {
        var map = Table("cmap");
        for (var index = 0; index < U16(map + 2); index++)
        {
            var offset = map + (int)U32(map + 8 + 8 * index);
            if (U16(offset) == UnicodeBmpFormat)
            {
                return offset;
            }
        }

        throw new InvalidOperationException($"The font {Name} has no character map of format {UnicodeBmpFormat}.");
    }

    private int Outline(int glyph)
    {
        var isLong = U16(Table("head") + 50) == 1;
        var offsets = Table("loca");
        return Table("glyf") + (isLong ? (int)U32(offsets + 4 * glyph) : U16(offsets + 2 * glyph) * 2);
    }

    private int Table(string name) => _tables[name].Offset;

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at));

    private int S16(int at) => BinaryPrimitives.ReadInt16BigEndian(_data.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(at));

    private static void WriteU16(MemoryStream file, int value)
    {
        file.WriteByte((byte)(value >> 8));
        file.WriteByte((byte)value);
    }

    private static void WriteU32(MemoryStream file, uint value)
    {
        WriteU16(file, (int)(value >> 16));
        WriteU16(file, (int)(value & 0xFFFF));
    }

    private static void Pad(MemoryStream file)
    {
        while (file.Length % 4 != 0)
        {
            file.WriteByte(0);
        }
    }
}
