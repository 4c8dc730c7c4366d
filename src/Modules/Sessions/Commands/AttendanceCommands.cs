using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Commands;

/// <summary><c>attendance rebuild --session CODE [--check]</c>.</summary>
internal sealed class AttendanceCommands : ICommandProvider
{
    public IEnumerable<Command> GetCommands(CommandHost host)
    {
        var code = new Option<string>("--session") { Description = "Mã buổi, như TH-2026-11-22", Required = true };
        var check = new Option<bool>("--check") { Description = "Chỉ so và liệt kê chỗ khác, không ghi gì; có chỗ khác thì kết thúc với mã 1" };
        yield return new Command("attendance", "Điểm danh")
        {
            new Command("rebuild", "Dựng lại bảng điểm danh của một buổi từ nhật ký; chạy được cả khi hệ thống đang phục vụ") { code, check }.Handle(host, (services, line) =>
                RebuildAsync(services, line.GetValue(code)!, line.GetValue(check))),
        };
    }

    private static async Task<CommandOutcome> RebuildAsync(IServiceProvider services, string code, bool onlyCheck)
    {
        // Reports of commands are in Vietnamese, whatever the console's language.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi-VN");
        var rebuild = services.GetRequiredService<AttendanceRebuild>();
        var report = onlyCheck ? await rebuild.CheckAsync(code) : await rebuild.MendAsync(code);
        if (report is null)
        {
            await Console.Error.WriteLineAsync($"Không có buổi tập huấn mã '{code}'. Xem mã ở trang của buổi; chưa ghi gì.");
            return CommandOutcome.Refused;
        }

        var texts = services.GetRequiredService<IStringLocalizer<Strings>>();
        foreach (var difference in report.Differences.OrderBy(difference => difference.Member, StringComparer.Ordinal))
        {
            Console.WriteLine($"{difference.Member}: trong bảng {Describe(difference.Stored, texts)}; theo nhật ký {Describe(difference.Folded, texts)}");
        }

        Console.WriteLine($"Buổi {code}: đã so {report.People.ToVietnamese()} người, {report.Differences.Count.ToVietnamese()} người khác với nhật ký.{(report.Differences.Count, onlyCheck) switch
        {
            (0, _) => "",
            (_, true) => " Chưa ghi gì; chạy lại không có --check để sửa theo nhật ký.",
            (_, false) => " Đã ghi lại theo nhật ký.",
        }}");
        return onlyCheck && report.Differences.Count > 0 ? CommandOutcome.Refused : CommandOutcome.Done;
    }

    private static string Describe(Attendance? row, IStringLocalizer<Strings> texts) => row is null
        ? "không có gì"
        : string.Create(CultureInfo.InvariantCulture, $"{texts.StatusBadge(row.Status).Text.ToLowerInvariant()}, {row.Minutes} phút, {row.EventCount} sự kiện{(row.HasConflict ? ", có mâu thuẫn" : "")}, vào {Time(row.FirstInUtc)}, ra {Time(row.LastOutUtc)}");

    private static string Time(DateTime? utc) => utc is { } time ? VietnamTime.ToLocal(time).ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "-";
}
