using System.Text;

namespace TrainingSite.Bench.Load;

/// <summary>Writes units, teams and a roster of so many made-up people, 800 to a commune, for sessions larger than the demo's.</summary>
internal sealed class CheckInPeople : IMeasure
{
    private const int PeoplePerCommune = 800;

    public string Name => "check-in-people";

    public string Usage => "FOLDER [--people N] [--unit CODE]";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var folder = Directory.CreateDirectory(arguments.Word(0)!).FullName;
        var province = arguments.Option("unit") ?? "14";
        var people = arguments.Number("people", 80_000);
        StringBuilder units = new($"code,parent_code,level,name\nD1,{province},district,Huyện Đo Lường\n"), teams = new("team_code,level,unit_code,unit_name,commune_code,district_code,founded_on,decision_no,member_count\n"),
            roster = new("member_id,team_code,team_level,full_name,gender,birth_year,role,occupation,phone,email,has_smartphone,joined_on,district_code,commune_code,commune_name,village_code,village_name\n");
        for (var number = 0; number < people; number++)
        {
            var commune = (number / PeoplePerCommune) + 1;
            if (number % PeoplePerCommune == 0)
            {
                units.Append($"B{commune:0000},D1,commune,Xã Thử {commune}\n");
                teams.Append($"T-B{commune:0000},commune,B{commune:0000},Xã Thử {commune},B{commune:0000},D1,2022-08-30,1/QĐ-UBND,{Math.Min(PeoplePerCommune, people - number)}\n");
            }

            var role = number % PeoplePerCommune == 0 ? "Tổ trưởng" : "Thành viên";
            roster.Append($"BN-{number:000000},T-B{commune:0000},commune,{NameOf(number)},Nữ,{1960 + (number % 45)},{role},,05{number:00000000},,yes,2022-08-30,D1,B{commune:0000},Xã Thử {commune},,\n");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "units.csv"), units.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "teams.csv"), teams.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "roster.csv"), roster.ToString());
        Console.WriteLine($"{people:#,0} people in {folder}: units import, teams import, roster import");
        return 0;
    }

    private static string NameOf(int number)
    {
        string[] families = ["Lò", "Quàng", "Cà", "Tòng", "Lường", "Hà", "Vì", "Nguyễn", "Trần", "Lê"], given = ["An", "Bình", "Chi", "Dung", "Giang", "Hoa", "Lan", "Mai", "Nga", "Thu"];
        return $"{families[number % 10]} Thị {given[number / 10 % 10]} {given[number / 100 % 10]} {given[number / 1000 % 10]}";
    }
}
