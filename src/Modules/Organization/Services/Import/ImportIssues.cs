using System.Collections.Frozen;

namespace TrainingSite.Organization.Services.Import;

/// <summary>The issue codes and their weights.</summary>
public static class ImportIssues
{
    private static readonly FrozenDictionary<string, ImportSeverity> Severities = new Dictionary<string, ImportSeverity>
    {
        // The file.
        ["FILE_NOT_CSV"] = ImportSeverity.Error,
        ["FILE_ENCODING"] = ImportSeverity.Error,
        ["FILE_EMPTY"] = ImportSeverity.Error,
        ["HEADER_MISSING"] = ImportSeverity.Error,
        ["TITLE_ROWS_SKIPPED"] = ImportSeverity.Info,
        ["HEADER_MERGED"] = ImportSeverity.Info,
        ["HEADER_REPEATED"] = ImportSeverity.Info,
        ["FOOTER_SKIPPED"] = ImportSeverity.Info,
        ["BLANK_ROWS_SKIPPED"] = ImportSeverity.Info,
        ["BLANK_COLUMNS_SKIPPED"] = ImportSeverity.Info,
        ["DELIMITER_DETECTED"] = ImportSeverity.Info,
        ["ENCODING_DETECTED"] = ImportSeverity.Info,
        ["ROW_SHORT"] = ImportSeverity.Info,
        ["ROW_SHAPE"] = ImportSeverity.Decision,

        // People.
        ["NAME_NORMALIZED"] = ImportSeverity.Info,
        ["NAME_MISSING"] = ImportSeverity.Error,
        ["NAME_UNSAFE"] = ImportSeverity.Error,
        ["NAME_TOO_LONG"] = ImportSeverity.Error,
        ["PHONE_NORMALIZED"] = ImportSeverity.Info,
        ["PHONE_ZERO_RESTORED"] = ImportSeverity.Warning,
        ["PHONE_MULTIPLE"] = ImportSeverity.Warning,
        ["PHONE_SCIENTIFIC"] = ImportSeverity.Warning,
        ["PHONE_INVALID"] = ImportSeverity.Warning,
        ["PHONE_MISSING"] = ImportSeverity.Info,
        ["PHONE_SHARED"] = ImportSeverity.Warning,
        ["EMAIL_INVALID"] = ImportSeverity.Warning,
        ["TEXT_TOO_LONG"] = ImportSeverity.Warning,
        ["BIRTH_YEAR_ONLY"] = ImportSeverity.Info,
        ["BIRTH_FORMAT"] = ImportSeverity.Info,
        ["BIRTH_SERIAL"] = ImportSeverity.Warning,
        ["BIRTH_TWO_DIGIT_YEAR"] = ImportSeverity.Warning,
        ["BIRTH_INVALID"] = ImportSeverity.Warning,
        ["BIRTH_IMPLAUSIBLE"] = ImportSeverity.Warning,
        ["BIRTH_MISSING"] = ImportSeverity.Info,
        ["GENDER_FROM_COLUMN"] = ImportSeverity.Info,
        ["GENDER_CONFLICT"] = ImportSeverity.Warning,
        ["GENDER_UNKNOWN"] = ImportSeverity.Warning,
        ["GENDER_MISSING"] = ImportSeverity.Info,
        ["DUPLICATE_IN_FILE"] = ImportSeverity.Error,
        ["SECOND_MEMBERSHIP"] = ImportSeverity.Info,
        ["SAME_NAME_OTHER_PERSON"] = ImportSeverity.Info,
        ["POSSIBLE_DUPLICATE"] = ImportSeverity.Decision,
        ["MEMBER_ID_TAKEN"] = ImportSeverity.Error,
        ["MEMBERSHIP_ENDED"] = ImportSeverity.Warning,
        ["ROLE_VARIANT"] = ImportSeverity.Info,
        ["ROLE_MISSING"] = ImportSeverity.Warning,
        ["ROLE_UNKNOWN"] = ImportSeverity.Decision,
        ["FORMULA_TEXT_RECOVERED"] = ImportSeverity.Info,
        ["FORMULA_NOT_EVALUATED"] = ImportSeverity.Warning,
        ["FORMULA_DANGEROUS"] = ImportSeverity.Warning,

        // Units and teams.
        ["CODE_MISSING"] = ImportSeverity.Error,
        ["CODE_INVALID"] = ImportSeverity.Error,
        ["LEVEL_UNKNOWN"] = ImportSeverity.Error,
        ["PARENT_UNKNOWN"] = ImportSeverity.Error,
        ["PARENT_LEVEL"] = ImportSeverity.Error,
        ["UNIT_CHANGED"] = ImportSeverity.Error,
        ["UNIT_ACCENTLESS"] = ImportSeverity.Info,
        ["UNIT_VARIANT"] = ImportSeverity.Info,
        ["UNIT_TYPE_ADDED"] = ImportSeverity.Info,
        ["UNIT_FUZZY"] = ImportSeverity.Decision,
        ["UNIT_AMBIGUOUS"] = ImportSeverity.Decision,
        ["UNIT_UNKNOWN"] = ImportSeverity.Error,
        ["UNIT_OUT_OF_SCOPE"] = ImportSeverity.Error,
        ["VILLAGE_UNKNOWN"] = ImportSeverity.Decision,
        ["TEAM_UNKNOWN"] = ImportSeverity.Error,
        ["TEAM_OTHER_UNIT"] = ImportSeverity.Error,
        ["TEAM_SECOND"] = ImportSeverity.Error,
        ["TEAM_DRAFT"] = ImportSeverity.Warning,
        ["DATE_INVALID"] = ImportSeverity.Error,
        ["DATE_FUTURE"] = ImportSeverity.Error,
        ["JOINED_INVALID"] = ImportSeverity.Warning,
        ["LEADER_MISSING"] = ImportSeverity.TeamWarning,
        ["LEADER_MULTIPLE"] = ImportSeverity.TeamDecision,
        ["DEPUTY_MULTIPLE"] = ImportSeverity.TeamWarning,
        ["TEAM_OVER_MAX"] = ImportSeverity.TeamDecision,
        ["TEAM_UNDER_MIN"] = ImportSeverity.TeamWarning,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All codes.</summary>
    public static IEnumerable<string> Codes => Severities.Keys;

    /// <summary>The weight of a code.</summary>
    public static ImportSeverity SeverityOf(string code) => Severities[code];
}
