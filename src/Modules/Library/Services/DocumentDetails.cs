using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>What people tell about a document. Null or empty: taken from the document itself where it plainly says so.</summary>
public sealed record DocumentDetails
{
    /// <summary>One line.</summary>
    public string? Title { get; init; }

    /// <summary>Official number.</summary>
    public string? Number { get; init; }

    /// <summary>Who issued it.</summary>
    public string? Issuer { get; init; }

    /// <summary>When.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>What sort of document.</summary>
    public DocumentKind? Kind { get; init; }

    /// <summary>Topic code.</summary>
    public string? Topic { get; init; }

    /// <summary>Who may read it.</summary>
    public DocumentVisibility Visibility { get; init; } = DocumentVisibility.SignedIn;

    /// <summary>What it says, in a few sentences.</summary>
    public string? Summary { get; init; }

    /// <summary>For whom it is written.</summary>
    public DocumentAudience? Audience { get; init; }

    /// <summary>Year that it is about.</summary>
    public int? PeriodYear { get; init; }

    /// <summary>Quarter of that year.</summary>
    public int? PeriodQuarter { get; init; }

    /// <summary>Address on the web; only for links.</summary>
    public string? Url { get; init; }

    /// <summary>Code of its unit; needed with <see cref="DocumentVisibility.Unit"/>.</summary>
    public string? UnitCode { get; init; }
}
