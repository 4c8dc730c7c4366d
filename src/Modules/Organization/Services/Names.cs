using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>Words for enums, and orders of names.</summary>
public static class Names
{
    /// <summary>"Tổ trưởng"; the Vietnamese word, which is also the key of the translation.</summary>
    public static string Of(TeamRole role) => role switch
    {
        TeamRole.Leader => "Tổ trưởng",
        TeamRole.Deputy => "Tổ phó",
        TeamRole.Member => "Thành viên",
        TeamRole.Collaborator => "Cộng tác viên",
    };

    /// <summary>Given name first, without accents, as Vietnamese lists are sorted: "Lò Thị Nga" → "nga lo thi".</summary>
    internal static string SortName(string fullName)
    {
        var folded = VietnameseText.Fold(fullName);
        var given = folded.LastIndexOf(' ');
        return given < 0 ? folded : $"{folded[(given + 1)..]} {folded[..given]}";
    }
}
