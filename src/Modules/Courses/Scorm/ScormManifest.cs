using System.Globalization;
using System.Xml.Linq;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.Scorm;

/// <summary>What a manifest says.</summary>
/// <param name="Edition">Which SCORM.</param>
/// <param name="Title">Title of the whole.</param>
/// <param name="Items">Table of contents.</param>
internal sealed record ScormManifest(ScormEdition Edition, string Title, IReadOnlyList<ScormItem> Items);

/// <summary>
/// Reads <c>imsmanifest.xml</c>: its default organization as a table of contents. Elements are known by their local names, because packages mix
/// namespaces of several years. Rules of sequencing are not followed: every part can be opened in any order.
/// </summary>
public sealed class ScormManifestReader(IStringLocalizer<Strings> T)
{
    private const int MostItems = 300;
    private const int Deepest = 8;
    private const int LongestTitle = 200;
    private const int LongestQuery = 1_000;
    private const int LongestLaunchData = 4_096;

    /// <summary>Stands for the root of the package where addresses are put together.</summary>
    private static readonly Uri Root = new("http://package.invalid/");

    /// <summary>Reads a manifest.</summary>
    internal Result<ScormManifest> Read(XDocument document, IReadOnlyList<ScormFile> files)
    {
        if (document.Root is not { Name.LocalName: "manifest" } manifest || EditionOf(manifest) is not { } edition)
        {
            return Refuse(T["imsmanifest.xml không ghi SCORM 1.2 hay SCORM 2004. Hãy xuất bài ở một trong hai dạng đó."]);
        }

        var organizations = Child(manifest, "organizations");
        var chosen = Attribute(organizations, "default");
        var organization = Children(organizations, "organization").FirstOrDefault(element => Attribute(element, "identifier") == chosen) ?? Child(organizations, "organization");
        if (organization is null)
        {
            return Refuse(T["imsmanifest.xml không có mục lục (organization), nên không biết mở tệp nào. Hãy xuất lại gói."]);
        }

        var items = ReadItems(organization, Resources(manifest), files.Select(file => file.Path).ToHashSet(StringComparer.OrdinalIgnoreCase));
        if (!items.Succeeded)
        {
            return items.Faults.ToList();
        }

        var title = Title(organization) is { Length: > 0 } own ? own : items.Value.First(item => item.Number == 1).Title;
        return new ScormManifest(edition, title, items.Value);
    }

    private Result<List<ScormItem>> ReadItems(XElement organization, Dictionary<string, (string Base, XElement Element)> resources, HashSet<string> files)
    {
        var items = new List<ScormItem>();
        var number = 0;
        var waiting = new Stack<(XElement Element, int Depth)>(Children(organization, "item").Reverse().Select(element => (element, 0)));
        while (waiting.TryPop(out var next))
        {
            var (element, depth) = next;
            if (items.Count == MostItems || depth > Deepest)
            {
                return Refuse(T["Mục lục của gói có hơn {0} dòng hoặc lồng quá sâu. Hãy chia thành nhiều gói.", MostItems]);
            }

            var title = Title(element);
            var reference = Attribute(element, "identifierref");
            if (string.IsNullOrEmpty(reference))
            {
                items.Add(new(0, title.Length > 0 ? title : T["Phần {0}", items.Count + 1], depth, false));
            }
            else
            {
                number++;
                title = title.Length > 0 ? title : T["Phần {0}", number];
                if (!resources.TryGetValue(reference, out var resource) || Resolve(resource.Base, Attribute(resource.Element, "href"), Attribute(element, "parameters")) is not { } address || !files.Contains(address.Path))
                {
                    return Refuse(T["Phần “{0}” của gói trỏ tới một tệp không có trong gói. Hãy xuất lại gói.", title]);
                }

                items.Add(Describe(element, new(number, title, depth, IsSco(resource.Element)) { Path = address.Path, Query = address.Query, Identifier = Attribute(element, "identifier") is { Length: > 0 and <= LongestTitle } identifier ? identifier : null }));
            }

            foreach (var child in Children(element, "item").Reverse())
            {
                waiting.Push((child, depth + 1));
            }
        }

        return number > 0 ? items : Refuse(T["Mục lục của gói không có phần nào mở được. Hãy xuất lại gói."]);
    }

    private static ScormItem Describe(XElement element, ScormItem item)
    {
        var objective = Child(Child(Child(element, "sequencing"), "objectives"), "primaryObjective");
        var launchData = Children(element, "dataFromLMS").FirstOrDefault()?.Value;
        return item with
        {
            MasteryScore = Number(Child(element, "masteryscore")?.Value) is >= 0 and <= 100 and var mastery ? mastery : null,
            PassingScore = Attribute(objective, "satisfiedByMeasure") == "true" && Number(Child(objective, "minNormalizedMeasure")?.Value) is >= -1 and <= 1 and var passing ? passing : null,
            LaunchData = launchData is { Length: > 0 and <= LongestLaunchData } ? launchData : null,
        };
    }

    private static ScormEdition? EditionOf(XElement manifest)
    {
        var schema = manifest.Elements().FirstOrDefault(element => element.Name.LocalName == "metadata")?.Elements().FirstOrDefault(element => element.Name.LocalName == "schemaversion")?.Value.Trim() ?? "";
        if (schema == "1.2")
        {
            return ScormEdition.Scorm12;
        }

        if (schema.Contains("2004", StringComparison.Ordinal) || schema.Contains("1.3", StringComparison.Ordinal))
        {
            return ScormEdition.Scorm2004;
        }

        var namespaces = manifest.DescendantsAndSelf().Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Select(attribute => attribute.Value).ToList();
        return namespaces.Exists(name => name.Contains("adlcp_v1p3", StringComparison.OrdinalIgnoreCase)) ? ScormEdition.Scorm2004
            : namespaces.Exists(name => name.Contains("adlcp_rootv1p2", StringComparison.OrdinalIgnoreCase)) ? ScormEdition.Scorm12
            : null;
    }

    /// <summary>The resources by identifier, each with the folder that its addresses begin from.</summary>
    private static Dictionary<string, (string Base, XElement Element)> Resources(XElement manifest)
    {
        var resources = new Dictionary<string, (string, XElement)>(StringComparer.Ordinal);
        var group = Child(manifest, "resources");
        foreach (var resource in Children(group, "resource"))
        {
            resources.TryAdd(Attribute(resource, "identifier"), (Base(manifest) + Base(group) + Base(resource), resource));
        }

        return resources;
    }

    /// <summary>The file that an address in the manifest means; null when it leads out of the package.</summary>
    private static (string Path, string Query)? Resolve(string folder, string href, string parameters)
    {
        var more = parameters.TrimStart('?', '&');
        var joined = more.Length == 0 ? href : more[0] == '#' ? href + more : $"{href}{(href.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{more}";
        if (href.Length == 0 || !Uri.TryCreate(Root, folder, out var start) || !Uri.TryCreate(start, joined.Replace('\\', '/'), out var address) || address.Authority != Root.Authority || address.Scheme != Root.Scheme)
        {
            return null;
        }

        var query = address.Query + address.Fragment;
        return query.Length > LongestQuery ? null : (VietnameseText.Normalize(Uri.UnescapeDataString(address.AbsolutePath).TrimStart('/')), query);
    }

    private static bool IsSco(XElement resource) =>
        resource.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName.Equals("scormtype", StringComparison.OrdinalIgnoreCase))?.Value.Equals("sco", StringComparison.OrdinalIgnoreCase) ?? false;

    private static string Title(XElement element)
    {
        var title = VietnameseText.Clean(Child(element, "title")?.Value ?? "");
        return title.Length <= LongestTitle ? title : title[..LongestTitle];
    }

    private static double? Number(string? text) =>
        double.TryParse(text?.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Base(XElement? element) => element?.Attribute(XNamespace.Xml + "base")?.Value ?? "";

    private static IEnumerable<XElement> Children(XElement? element, string name) =>
        element?.Elements().Where(child => child.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? [];

    private static XElement? Child(XElement? element, string name) => Children(element, name).FirstOrDefault();

    private static string Attribute(XElement? element, string name) =>
        element?.Attributes().FirstOrDefault(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.LocalName == name)?.Value ?? "";

    private static Fault Refuse(string message) => new("package_refused", message, "File");
}
