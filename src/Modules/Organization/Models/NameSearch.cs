namespace TrainingSite.Organization.Models;

/// <summary>Finding by what people type: without accents, any part of the name, or the code or phone.</summary>
public static class NameSearch
{
    /// <summary>Memberships of the people whom the text means.</summary>
    public static IQueryable<Membership> WhereNamed(this IQueryable<Membership> memberships, string text)
    {
        var (folded, code, phone) = Forms(text);
        return memberships.Where(membership => membership.Person.FullNameFolded.Contains(folded) || membership.Person.Code == code || (phone != null && membership.Person.Phone == phone));
    }

    /// <summary>Units whose name or code the text means.</summary>
    public static IQueryable<AdministrativeUnit> WhereNamed(this IQueryable<AdministrativeUnit> units, string text)
    {
        var (folded, code, _) = Forms(text);
        return units.Where(unit => unit.NameFolded.Contains(folded) || unit.Code == code);
    }

    private static (string Folded, string Code, string? Phone) Forms(string text) =>
        (VietnameseText.Fold(text), text.Trim().ToUpperInvariant(), VietnameseText.NormalizePhone(text.Trim()));
}
