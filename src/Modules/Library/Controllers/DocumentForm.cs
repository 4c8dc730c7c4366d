using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

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

    public DocumentVisibility Visibility { get; set; } = DocumentVisibility.SignedIn;

    [StringLength(40)]
    public string? UnitCode { get; set; }

    public int Version { get; set; }

    /// <summary>Units to choose from; null when there are too many and the code is typed.</summary>
    [BindNever]
    public IReadOnlyList<UnitChoice>? Units { get; set; }

    /// <summary>Topics to choose from.</summary>
    [BindNever]
    public IReadOnlyDictionary<string, string> Topics { get; set; } = new Dictionary<string, string>();

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
        UnitCode = document.UnitPath?.TrimEnd('/').Split('/')[^1],
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
        UnitCode = UnitCode,
    };
}
