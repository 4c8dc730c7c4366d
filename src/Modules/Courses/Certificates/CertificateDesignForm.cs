using System.ComponentModel.DataAnnotations;

namespace TrainingSite.Courses.Certificates;

/// <summary>A design as staff fill it in.</summary>
public sealed class CertificateDesignForm
{
    internal const int Short = 80, Long = 150;
    private const string Hex = "#[0-9A-Fa-f]{6}";

    /// <summary>The design that the author began from; null when there was none.</summary>
    public Guid? Seen { get; set; }

    [Required, StringLength(Long), Display(Name = "đơn vị cấp")]
    public string Issuer { get; set; } = "";

    [Required, StringLength(40), Display(Name = "tên giấy")]
    public string Title { get; set; } = "";

    [StringLength(Long), Display(Name = "dòng trước họ tên")]
    public string? Intro { get; set; }

    [Required, StringLength(Long), Display(Name = "dòng trước tên khóa học")]
    public string Body { get; set; } = "";

    [StringLength(Short), Display(Name = "nơi cấp")]
    public string? Place { get; set; }

    [StringLength(Short), Display(Name = "chức vụ người ký")]
    public string? SignerTitle { get; set; }

    [StringLength(Short), Display(Name = "họ tên người ký")]
    public string? SignerName { get; set; }

    [Required, RegularExpression(Hex, ErrorMessage = "Viết màu theo dạng #0B6E4F."), Display(Name = "màu chính")]
    public string Primary { get; set; } = "";

    [Required, RegularExpression(Hex, ErrorMessage = "Viết màu theo dạng #0B6E4F."), Display(Name = "màu hoa văn")]
    public string Accent { get; set; } = "";
}
