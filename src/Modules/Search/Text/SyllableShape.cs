using System.Collections.Frozen;

namespace TrainingSite.Search.Text;

/// <summary>Which folded spellings can be a Vietnamese syllable: an onset, or none, and a rime.</summary>
internal static class SyllableShape
{
    private const int LongestSyllable = 7;

    private static readonly string[] Onsets = "ngh ng nh ch gh gi kh ph qu th tr b c d g h k l m n r s t v x".Split(' ');

    private static readonly FrozenSet<string> Rimes = (
        "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich ie iec iem ien ieng iep iet ieu im in inh ip it iu "
        + "o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot "
        + "u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyp uyt uyu "
        + "y yem yen yeng yet yeu").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> RimeLookup = Rimes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the fold could be a Vietnamese syllable.</summary>
    public static bool IsSyllable(ReadOnlySpan<char> fold)
    {
        if (fold.Length is 0 or > LongestSyllable)
        {
            return false;
        }

        if (RimeLookup.Contains(fold))
        {
            return true;
        }

        foreach (var onset in Onsets)
        {
            if (!fold.StartsWith(onset, StringComparison.Ordinal))
            {
                continue;
            }

            var rime = fold[onset.Length..];
            if (RimeLookup.Contains(rime))
            {
                return true;
            }

            // In "gì" and "giếng" the i belongs to both.
            if (onset == "gi" && (rime.IsEmpty || RimeLookup.Contains(fold[1..])))
            {
                return true;
            }
        }

        return false;
    }
}
