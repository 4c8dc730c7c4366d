using TrainingSite.Organization.Services.Import;

namespace TrainingSite.Organization.Commands;

/// <summary>Prints a report for the one at the console: every row that needs somebody, then the sums.</summary>
internal sealed class ImportPrinter(ImportTexts texts, Action<string> print)
{
    public void Print(ImportReport report, bool isDryRun)
    {
        foreach (var issue in report.Container.Issues)
        {
            print($"{report.File}: {texts.Explain(issue)}");
        }

        foreach (var row in report.Rows.Where(row => row.Outcome != ImportOutcome.Accepted))
        {
            foreach (var issue in row.Issues.Where(issue => issue.Severity != ImportSeverity.Info))
            {
                var column = issue.Column is null ? "" : $", cột {issue.Column}";
                print($"Dòng {row.Number}{column}: {row.Label}: {texts.Word(row.Outcome).ToLowerInvariant()}. {texts.Explain(issue)}");
            }
        }

        if (!report.IsUnreadable)
        {
            print($"{report.Rows.Count.ToVietnamese()} dòng: nhập được {report.Count(ImportOutcome.Accepted).ToVietnamese()}, nhập được nhưng cần xem lại {report.Count(ImportOutcome.AcceptedWithWarning).ToVietnamese()}, chờ quyết định {report.Count(ImportOutcome.NeedsDecision).ToVietnamese()}, không nhập được {report.Count(ImportOutcome.Rejected).ToVietnamese()}.");
        }

        print(Conclusion(report, isDryRun));
    }

    private static string Conclusion(ImportReport report, bool isDryRun) => report switch
    {
        { Changes: { } changes } => $"Đã ghi: thêm {changes.Created.ToVietnamese()}, sửa {changes.Updated.ToVietnamese()}, giữ nguyên {changes.Unchanged.ToVietnamese()}.",
        { HasRejected: true } => "Chưa ghi gì. Sửa các dòng trên rồi nhập lại, hoặc thêm --accept-valid để chỉ ghi các dòng hợp lệ.",
        _ when isDryRun => "Chỉ kiểm tra, chưa ghi gì.",
        _ => "Chưa ghi gì.",
    };
}
