using System.CommandLine;

namespace TrainingSite.Site;

/// <summary><c>migrate</c>, <c>recipe list</c> and <c>recipe run NAME</c>.</summary>
internal sealed class SiteCommands : ICommandProvider
{
    public IEnumerable<Command> GetCommands(CommandHost host)
    {
        yield return new Command("migrate", "Tạo hoặc nâng cấp cơ sở dữ liệu").Handle(host, (_, _) =>
        {
            // Every command brings the database up to date before it runs; this one does nothing else.
            Console.WriteLine("Cơ sở dữ liệu đã sẵn sàng.");
            return Task.FromResult(CommandOutcome.Done);
        });

        var name = new Argument<string>("NAME") { Description = "Tên công thức, xem 'recipe list'" };
        yield return new Command("recipe", "Dữ liệu khởi đầu")
        {
            new Command("list", "Liệt kê công thức").Handle(host, (_, _) =>
            {
                foreach (var recipe in RecipeExecutor.FindAll())
                {
                    Console.WriteLine($"{recipe.Name,-24}{recipe.Description}");
                }

                return Task.FromResult(CommandOutcome.Done);
            }),
            new Command("run", "Chạy một công thức; chạy lại không nhân đôi dữ liệu") { name }.Handle(host, async (services, line) =>
            {
                if (await services.GetRequiredService<RecipeExecutor>().ExecuteAsync(line.GetValue(name)!, Console.WriteLine))
                {
                    return CommandOutcome.Done;
                }

                await Console.Error.WriteLineAsync($"Không có công thức '{line.GetValue(name)}'. Xem: recipe list");
                return CommandOutcome.Refused;
            }),
        };
    }
}
