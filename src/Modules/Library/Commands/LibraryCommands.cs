using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.Library.Commands;

/// <summary><c>library import FILE... [--public]</c>.</summary>
internal sealed class LibraryCommands : ICommandProvider
{
    public IEnumerable<Command> GetCommands(CommandHost host)
    {
        var paths = new Argument<string[]>("FILE") { Description = "Tệp .pdf, .docx, .xlsx, .pptx, .md, .txt, .jpg, .png, .webp, .mp3, .m4a, .ogg", Arity = ArgumentArity.OneOrMore };
        var isPublic = new Option<bool>("--public") { Description = "Ai cũng xem được, kể cả khi chưa đăng nhập" };
        yield return new Command("library", "Thư viện")
        {
            new Command("import", "Thêm tài liệu; tệp đã có thì bỏ qua") { paths, isPublic }.Handle(host, (services, line) => ImportAsync(
                services.GetRequiredService<LibraryService>(), line.GetValue(paths)!, line.GetValue(isPublic) ? DocumentVisibility.Public : DocumentVisibility.SignedIn)),
        };
    }

    private static async Task<CommandOutcome> ImportAsync(LibraryService library, string[] paths, DocumentVisibility visibility)
    {
        var refused = 0;
        foreach (var path in paths)
        {
            var added = await AddAsync(library, path, visibility);
            if (!added.Succeeded)
            {
                refused++;
                await Console.Error.WriteLineAsync($"Không nhận  {path}: {added.Faults[0].Message}");
                continue;
            }

            var document = added.Value.Document;
            var facts = string.Join(", ", new[] { document.Number, document.Issuer, document.IssuedOn?.ToDateText() }.OfType<string>());
            Console.WriteLine($"{(added.Value.IsNew ? "Đã thêm    " : "Đã có sẵn  ")} {path}: {document.Title}{(facts.Length > 0 ? $" ({facts})" : "")}, {document.PageCount} trang chữ");
            if (document.TextProblem is { } problem)
            {
                Console.WriteLine($"            {problem}");
            }
        }

        return refused == 0 ? CommandOutcome.Done : CommandOutcome.Refused;
    }

    private static async Task<Result<AddedDocument>> AddAsync(LibraryService library, string path, DocumentVisibility visibility)
    {
        if (!File.Exists(path))
        {
            return new Fault("file_missing", "Không có tệp này. Hãy kiểm tra lại đường dẫn.");
        }

        try
        {
            await using var file = File.OpenRead(path);
            return await library.AddAsync(file, Path.GetFileName(path), new() { Visibility = visibility }, readNow: true);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new Fault("file_unreadable", $"Không mở được tệp. {unreadable.Message}");
        }
    }
}
