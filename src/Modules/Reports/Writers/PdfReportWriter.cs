using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Localization;
using TrainingSite.Reports.Services;

namespace TrainingSite.Reports.Writers;

/// <summary>PDF of the Word file, made by LibreOffice where the server has it (<c>Tools:Office</c>); elsewhere people print the page.</summary>
internal sealed class PdfReportWriter(IConfiguration configuration, IStringLocalizer<Strings> T) : IReportWriter
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ExternalTool? _office = ExternalTool.Find(configuration["Tools:Office"], "soffice", "libreoffice");

    public string Format => "pdf";

    public string Title => "PDF";

    public string ContentType => "application/pdf";

    public Fault? Unavailable => _office is not null ? null : new(
        "pdf_unavailable",
        T["Máy chủ chưa có LibreOffice nên chưa xuất được PDF. Hãy mở báo cáo trên trang rồi chọn In (lưu thành PDF), hoặc tải tệp Word. Người quản trị đặt Tools:Office để bật."],
        "format", FaultKind.Conflict);

    public async Task WriteAsync(ReportAnswer answer, Stream output, CancellationToken cancellationToken)
    {
        using var word = new MemoryStream();
        await new DocxReportWriter().WriteAsync(answer, word, cancellationToken);
        var result = await _office!.RunAsync(
            folder =>
            {
                File.WriteAllBytes(Path.Combine(folder, "report.docx"), word.ToArray());
                return [$"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}", "--headless", "--convert-to", "pdf", "--outdir", folder, Path.Combine(folder, "report.docx")];
            },
            Limit, maxOutput: 10_000,
            async folder =>
            {
                await using var pdf = File.OpenRead(Path.Combine(folder, "report.pdf"));
                await pdf.CopyToAsync(output, cancellationToken);
            },
            cancellationToken: cancellationToken);
        if (result.Outcome != ToolOutcome.Done)
        {
            throw new InvalidOperationException($"LibreOffice did not make the PDF ({result.Outcome}): {result.Error}");
        }
    }
}
