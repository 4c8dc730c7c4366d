using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Commands;

/// <summary><c>session import FILE --code CODE --title T --date D [--topics a,b]</c>.</summary>
internal sealed class SessionCommands : ICommandProvider
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"];

    public IEnumerable<Command> GetCommands(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "Tệp CSV: commune_code, point_name, invited, present, status, reason; có thể có point_code và teams" };
        var code = new Option<string>("--code") { Description = "Mã buổi, như TH-2022-09-14", Required = true };
        var title = new Option<string>("--title") { Description = "Tên buổi", Required = true };
        var date = new Option<DateOnly>("--date")
        {
            Description = "Ngày, như 2022-09-14 hoặc 14/09/2022",
            Required = true,
            CustomParser = result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    return day;
                }

                result.AddError($"'{result.Tokens[0].Value}' không phải ngày.");
                return default;
            },
        };
        var topics = new Option<string?>("--topics") { Description = "Mã chủ đề, cách nhau bằng dấu phẩy: T1,T3" };
        yield return new Command("session", "Buổi tập huấn")
        {
            new Command("import", "Nhập một buổi đã qua với các điểm cầu; nhập lại thì thay bản cũ") { file, code, title, date, topics }.Handle(host, async (services, line) =>
            {
                // Reports of commands are in Vietnamese, whatever the console's language.
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi-VN");
                var path = line.GetValue(file)!;
                if (!File.Exists(path))
                {
                    await Console.Error.WriteLineAsync($"Không có tệp '{path}'. Kiểm tra lại đường dẫn; chưa ghi gì.");
                    return CommandOutcome.Refused;
                }

                var past = new PastSession(line.GetValue(code)!, line.GetValue(title)!, line.GetValue(date), (line.GetValue(topics) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                var import = await services.GetRequiredService<PastSessionImporter>().ImportAsync(await File.ReadAllBytesAsync(path), past);
                if (!import.Succeeded)
                {
                    foreach (var fault in import.Faults)
                    {
                        await Console.Error.WriteLineAsync(fault.Message);
                    }

                    await Console.Error.WriteLineAsync("Chưa ghi gì. Sửa các dòng trên rồi nhập lại.");
                    return CommandOutcome.Refused;
                }

                Console.WriteLine($"Đã ghi buổi {past.Code}: {import.Value.Points} điểm, {import.Value.Present} có mặt.{(import.Value.Replaced ? " Bản nhập trước đã được thay." : "")}");
                return CommandOutcome.Done;
            }),
        };
    }
}
