using Microsoft.Extensions.Localization;
using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>The editable list of words and phrases that mean the same. A phrase stands in one group only.</summary>
public sealed class SynonymService(SiteDbContext db, WordLists lists, IStringLocalizer<Strings> T)
{
    private const int MostGroups = 500;

    /// <summary>Adds a group, or changes the phrases of one.</summary>
    /// <param name="id">The group; null for a new one.</param>
    /// <param name="version">Version that was on the page.</param>
    /// <param name="text">The phrases, one a line or with = between them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<SynonymGroup>> SaveAsync(Guid? id, int version, string? text, CancellationToken cancellationToken)
    {
        var phrases = (text ?? "").Split(['\n', '=', ';']).Select(VietnameseText.Clean).Where(phrase => phrase.Length > 0).DistinctBy(Spelling, StringComparer.Ordinal).ToList();
        var groups = await db.SynonymGroups.ToListAsync(cancellationToken);
        if (Check(phrases, groups.Where(group => group.Id != id), isNew: id is null) is { } fault)
        {
            return fault;
        }

        var group = id is null ? db.SynonymGroups.Add(new SynonymGroup()).Entity : groups.Find(known => known.Id == id);
        if (group is null || group.Version != version)
        {
            return Changed();
        }

        group.Phrases = string.Join('\n', phrases);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed();
        }

        await lists.ForgetAsync(cancellationToken);
        return group;
    }

    /// <summary>Takes a group out.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        var removed = await db.SynonymGroups.Where(group => group.Id == id).ExecuteDeleteAsync(cancellationToken);
        await lists.ForgetAsync(cancellationToken);
        return removed > 0;
    }

    private Fault? Check(List<string> phrases, IEnumerable<SynonymGroup> others, bool isNew)
    {
        if (phrases.Find(phrase => phrase.Length > SynonymGroup.LongestPhrase || SyllableReader.Read(phrase).Count == 0) is { } wrong)
        {
            return Invalid(T["“{0}” cần có chữ hoặc số và dài không quá {1} ký tự.", wrong, SynonymGroup.LongestPhrase]);
        }

        if (phrases.Count is < 2 or > SynonymGroup.MostPhrases)
        {
            return Invalid(T["Một nhóm cần từ 2 đến {0} từ khác nhau, mỗi dòng một từ.", SynonymGroup.MostPhrases]);
        }

        var wanted = phrases.ToDictionary(Spelling, StringComparer.Ordinal);
        var list = others.ToList();
        foreach (var other in list)
        {
            if (other.Split().FirstOrDefault(phrase => wanted.ContainsKey(Spelling(phrase))) is { } taken)
            {
                return Invalid(T["“{0}” đã có trong nhóm “{1}”. Hãy sửa nhóm đó.", taken, string.Join(" = ", other.Split())]);
            }
        }

        return isNew && list.Count >= MostGroups ? Invalid(T["Đã có {0} nhóm từ. Hãy bỏ nhóm không còn cần rồi thêm.", MostGroups]) : null;
    }

    private static Fault Invalid(string message) => new("synonym_invalid", message, "Phrases");

    private Fault Changed() => new("synonym_changed_meanwhile", T["Có người vừa sửa nhóm này. Phần bạn gõ vẫn còn ở dưới và chưa được lưu."], Kind: FaultKind.Conflict);

    private static string Spelling(string phrase) => string.Join(' ', SyllableReader.Read(phrase).Select(syllable => syllable.Key));
}
