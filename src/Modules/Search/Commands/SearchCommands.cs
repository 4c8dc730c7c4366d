using System.CommandLine;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Api;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Search.Commands;

/// <summary><c>search QUERY</c> as an anonymous reader or <c>--as USER</c>, and <c>search-index rebuild</c>.</summary>
internal sealed class SearchCommands : ICommandProvider
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public IEnumerable<Command> GetCommands(CommandHost host)
    {
        var query = new Argument<string>("QUERY") { Description = "Điều cần tìm, có dấu hay không đều được" };
        var take = new Option<int>("--take") { Description = "Số kết quả", DefaultValueFactory = _ => 10 };
        var kind = new Option<string?>("--kind") { Description = "Chỉ một loại: lesson, course, session, document, app" };
        var topic = new Option<string?>("--topic") { Description = "Chỉ một chủ đề: T1 đến T10" };
        var json = new Option<bool>("--json") { Description = "In theo dạng của API" };
        var user = new Option<string?>("--as") { Description = "Tìm như tài khoản này; không có thì như khách" };
        yield return new Command("search", "Tìm trong mọi nội dung") { query, take, kind, topic, json, user }.Handle(host, async (services, line) =>
        {
            if (await ReadAsAsync(services, line.GetValue(user)) is not { } reader)
            {
                await Console.Error.WriteLineAsync($"Không có tài khoản '{line.GetValue(user)}'.");
                return CommandOutcome.Refused;
            }

            var asked = new SearchQuery(line.GetValue(query)!) { Take = line.GetValue(take), Kind = line.GetValue(kind), Topic = line.GetValue(topic) };
            var result = await services.GetRequiredService<SearchService>().SearchAsync(asked, reader);
            if (!result.Succeeded)
            {
                await Console.Error.WriteLineAsync(result.Faults[0].Message);
                return CommandOutcome.Refused;
            }

            Print(result.Value, line.GetValue(json));
            return CommandOutcome.Done;
        });

        yield return new Command("search-index", "Chỉ mục tìm kiếm")
        {
            new Command("rebuild", "Dựng lại chỉ mục từ mọi nguồn").Handle(host, async (services, _) =>
            {
                var documents = await services.GetRequiredService<IndexRebuilder>().RebuildAsync(CancellationToken.None);
                Console.WriteLine($"Đã dựng lại chỉ mục: {documents} tài liệu.");
                return CommandOutcome.Done;
            }),
        };
    }

    /// <summary>A command is the system itself and may see everything; a search shows what a reader would see.</summary>
    private static async Task<CurrentUser?> ReadAsAsync(IServiceProvider services, string? userName)
    {
        var reader = services.GetRequiredService<CurrentUser>();
        if (userName is null)
        {
            reader.Read(new ClaimsPrincipal(new ClaimsIdentity()));
            return reader;
        }

        var normalized = userName.ToUpperInvariant();
        var account = await services.GetRequiredService<SiteDbContext>().Set<SiteUser>().FirstOrDefaultAsync(user => user.NormalizedUserName == normalized);
        if (account is null)
        {
            return null;
        }

        reader.Read(await services.GetRequiredService<IUserClaimsPrincipalFactory<SiteUser>>().CreateAsync(account));
        return reader;
    }

    private static void Print(SearchResult result, bool json)
    {
        var answer = SearchAnswer.Of(result);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(answer, Json));
            return;
        }

        if (answer.Suggestion is { } suggestion)
        {
            Console.WriteLine($"Có phải bạn tìm: {suggestion}");
        }

        Console.WriteLine(answer.Total == 0 ? "Không tìm thấy gì." : $"{answer.Total} kết quả");
        foreach (var hit in answer.Hits)
        {
            Console.WriteLine($"{Environment.NewLine}{hit.Title}  [{hit.Kind}]  {hit.Url}{Environment.NewLine}  {hit.Snippet}");
        }
    }
}
