using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;
using TrainingSite.Organization.Services;

namespace TrainingSite.Library.Controllers;

/// <summary>What people type about a document.</summary>
public sealed class DocumentForm
{
    [StringLength(300)]
    public string? Title { get; set; }

    [StringLength(60)]
    public string? Number { get; set; }

    [StringLength(200)]
    public string? Issuer { get; set; }

    public DateOnly? IssuedOn { get; set; }

    public DocumentKind Kind { get; set; }

    [StringLength(10)]
    public string? Topic { get; set; }

    [StringLength(1000)]
    public string? Summary { get; set; }

    public DocumentAudience? Audience { get; set; }

    [Display(Name = "Về năm"), Range(1990, 2100)]
    public int? PeriodYear { get; set; }

    [Display(Name = "Về quý"), Range(1, 4)]
    public int? PeriodQuarter { get; set; }

    /// <summary>Address on the web; only for links.</summary>
    [StringLength(1000)]
    public string? Url { get; set; }

    public DocumentVisibility Visibility { get; set; } = DocumentVisibility.SignedIn;

    [StringLength(40)]
    public string? UnitCode { get; set; }

    public int Version { get; set; }

    /// <summary>Units to choose from; null when there are too many and the code is typed.</summary>
    [BindNever]
    public IReadOnlyList<UnitOption>? Units { get; set; }

    /// <summary>Topics to choose from.</summary>
    [BindNever]
    public IReadOnlyDictionary<string, string> Topics { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether it is an address on the web and has no file.</summary>
    [BindNever]
    public bool IsLink { get; set; }

    /// <summary>Largest file.</summary>
    [BindNever]
    public long MaxMegabytes { get; set; }

    internal static DocumentForm Of(Document document) => new()
    {
        Title = document.Title,
        Number = document.Number,
        Issuer = document.Issuer,
        IssuedOn = document.IssuedOn,
        Kind = document.Kind,
        Topic = document.Topic,
        Visibility = document.Visibility,
        Summary = document.Summary,
        Audience = document.Audience,
        PeriodYear = document.PeriodYear,
        PeriodQuarter = document.PeriodQuarter,
        Url = document.Url,
        IsLink = document.Format == FileFormat.Link,
        UnitCode = UnitPath.CodeOf(document.UnitPath),
        Version = document.Version,
    };

    internal DocumentDetails ToDetails() => new()
    {
        Title = Title,
        Number = Number,
        Issuer = Issuer,
        IssuedOn = IssuedOn,
        Kind = Kind,
        Topic = Topic,
        Visibility = Visibility,
        Summary = Summary,
        Audience = Audience,
        PeriodYear = PeriodYear,
        PeriodQuarter = PeriodQuarter,
        Url = Url,
        UnitCode = UnitCode,
    };
}
