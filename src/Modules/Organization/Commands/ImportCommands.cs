using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services.Import;

namespace TrainingSite.Organization.Commands;

/// <summary><c>units import FILE</c>, <c>teams import FILE</c>, <c>roster import FILE</c>.</summary>
internal sealed class ImportCommands : ICommandProvider
{
    private readonly Argument<string> _file = new("FILE") { Description = "Tệp CSV, UTF-8" };
    private readonly Option<DateOnly?> _asOf = Date("--as-of", "Ngày của danh sách; mặc định hôm nay");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Chỉ kiểm tra, không ghi" };
    private readonly Option<bool> _json = new("--json") { Description = "In báo cáo JSON" };
    private readonly Option<bool> _acceptValid = new("--accept-valid") { Description = "Ghi các dòng hợp lệ dù có dòng không nhập được" };

    public IEnumerable<Command> GetCommands(CommandHost host)
    {
        var validFrom = Date("--valid-from", "Ngày bắt đầu của các đơn vị");
        yield return Import("units", "Đơn vị hành chính", host, [validFrom], (services, line, file, content) => services.GetRequiredService<UnitImporter>()
            .ImportAsync(content, new(file) { ValidFrom = line.GetValue(validFrom), DryRun = line.GetValue(_dryRun), AcceptValid = line.GetValue(_acceptValid) }));

        yield return Import("teams", "Tổ công nghệ số cộng đồng", host, [], (services, line, file, content) => services.GetRequiredService<TeamImporter>()
            .ImportAsync(content, new(file) { DryRun = line.GetValue(_dryRun), AcceptValid = line.GetValue(_acceptValid) }));

        var level = new Option<string?>("--level") { Description = "commune hoặc village" };
        level.AcceptOnlyFromAmong("commune", "village");
        var district = new Option<string?>("--district") { Description = "Mã huyện của danh sách" };
        yield return Import("roster", "Danh sách thành viên", host, [_asOf, level, district], (services, line, file, content) => services.GetRequiredService<RosterImporter>()
            .ImportAsync(content, new(file, line.GetValue(_asOf) ?? services.GetRequiredService<TimeProvider>().Today())
            {
                Level = line.GetValue(level) switch { "commune" => UnitLevel.Commune, "village" => UnitLevel.Village, _ => null },
                District = line.GetValue(district),
                DryRun = line.GetValue(_dryRun),
                AcceptValid = line.GetValue(_acceptValid),
            }));
    }

    private Command Import(string word, string description, CommandHost host, Option[] options, Func<IServiceProvider, ParseResult, string, byte[], Task<ImportReport>> import)
    {
        var command = new Command("import", "Nhập từ tệp CSV; nhập lại không nhân đôi") { _file, _dryRun, _json, _acceptValid };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.Handle(host, async (services, line) =>
        {
            // Reports of commands are in Vietnamese, whatever the console's language.
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi-VN");
            var path = line.GetValue(_file)!;
            if (!File.Exists(path))
            {
                await Console.Error.WriteLineAsync($"Không có tệp '{path}'. Kiểm tra lại đường dẫn; chưa ghi gì.");
                return CommandOutcome.Refused;
            }

            if (line.GetValue(_asOf) > services.GetRequiredService<TimeProvider>().Today())
            {
                await Console.Error.WriteLineAsync("Ngày của danh sách (--as-of) không thể sau hôm nay; chưa ghi gì.");
                return CommandOutcome.Refused;
            }

            var report = await import(services, line, Path.GetFileName(path), await File.ReadAllBytesAsync(path));
            if (line.GetValue(_json))
            {
                Console.WriteLine(report.ToJson());
            }
            else
            {
                new ImportPrinter(services.GetRequiredService<ImportTexts>(), Console.WriteLine).Print(report, line.GetValue(_dryRun));
            }

            return report.HasRejected && report.Changes is null ? CommandOutcome.Refused : CommandOutcome.Done;
        });
        return new Command(word, description) { command };
    }

    private static Option<DateOnly?> Date(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return date;
            }

            result.AddError($"{name}: '{result.Tokens[0].Value}' không phải ngày dạng 2023-09-30.");
            return null;
        },
    };
}
