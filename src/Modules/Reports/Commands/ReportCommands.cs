using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Reports.Services;

namespace TrainingSite.Reports.Commands;

/// <summary><c>report list</c> and <c>report export</c>.</summary>
internal sealed class ReportCommands : ICommandProvider
{
    public IEnumerable<Command> GetCommands(CommandHost host)
    {
        var id = new Argument<string>("ID") { Description = "Mã báo cáo, xem 'report list'" };
        var format = new Option<string>("--format") { Description = "Dạng tệp", Required = true };
        format.AcceptOnlyFromAmong(ReportExporter.Formats);
        var asOf = new Option<string?>("--as-of") { Description = "Tính đến ngày (2023-09-30); mặc định hôm nay" };
        var unit = new Option<string?>("--unit") { Description = "Mã đơn vị" };
        var session = new Option<string?>("--session") { Description = "Mã buổi tập huấn" };
        var output = new Option<string>("--out") { Description = "Tệp ghi ra; '-' là màn hình", Required = true };

        yield return new Command("report", "Báo cáo")
        {
            new Command("list", "Liệt kê báo cáo").Handle(host, (services, _) =>
            {
                foreach (var report in services.GetRequiredService<ReportService>().GetAll())
                {
                    Console.WriteLine($"{report.Id,-24}{report.Title}");
                    Console.WriteLine($"{"",-24}{report.Description}");
                }

                return Task.FromResult(CommandOutcome.Done);
            }),
            new Command("export", "Xuất một báo cáo thành tệp") { id, format, asOf, unit, session, output }.Handle(host, (services, line) => ExportAsync(
                services, line.GetValue(id)!, line.GetValue(format)!, new(line.GetValue(asOf), line.GetValue(unit), line.GetValue(session)), line.GetValue(output)!)),
        };
    }

    private static async Task<CommandOutcome> ExportAsync(IServiceProvider services, string id, string format, ReportRequest request, string output)
    {
        var writer = services.GetRequiredService<ReportExporter>().Find(format);
        if (!writer.Succeeded)
        {
            return await RefuseAsync(writer.Faults);
        }

        var answer = await services.GetRequiredService<ReportService>().RunAsync(id, request, CancellationToken.None);
        if (!answer.Succeeded)
        {
            return await RefuseAsync(answer.Faults);
        }

        if (output == "-")
        {
            await using var screen = Console.OpenStandardOutput();
            await writer.Value.Writer.WriteAsync(answer.Value, screen, CancellationToken.None);
            return CommandOutcome.Done;
        }

        try
        {
            await ReportExporter.SaveAsync(answer.Value, writer.Value.Writer, output, CancellationToken.None);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"Không ghi được tệp {output}: {unwritable.Message} Hãy chọn thư mục khác bằng --out.");
            return CommandOutcome.Refused;
        }

        Console.WriteLine($"{answer.Value.Table.Sentence}");
        Console.WriteLine($"Đã ghi {answer.Value.Table.Rows.Count} dòng vào {output}.");
        return CommandOutcome.Done;
    }

    private static async Task<CommandOutcome> RefuseAsync(IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults)
        {
            await Console.Error.WriteLineAsync(fault.Message);
        }

        return CommandOutcome.Refused;
    }
}
