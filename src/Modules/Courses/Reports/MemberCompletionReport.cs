using System.Globalization;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.External;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Reports.Models;

namespace TrainingSite.Courses.Reports;

/// <summary>Who has completed what: units below the one asked for, and in a village or a single team the people themselves.</summary>
internal sealed class MemberCompletionReport(SiteDbContext db, ReportArea areas, IStringLocalizer<Strings> T) : IReport
{
    public string Id => "member-completion";

    public string Title => T["Hoàn thành khóa học"];

    public string Description => T["Mỗi đơn vị có bao nhiêu thành viên đã hoàn thành từng khóa học, và trong Tổ thì ai còn thiếu khóa nào?"];

    public Permission Permission => Permissions.ViewLearning;

    public ReportFilters Filters => ReportFilters.AsOf | ReportFilters.Unit;

    public async Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var found = await areas.FindAsync(query, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var courses = await db.Courses.AsNoTracking().Where(course => course.State == CourseState.Published)
            .OrderBy(course => course.Topic.Order).ThenBy(course => course.Title).Select(course => new ReportCourse(course.Id, course.Slug, course.Title)).ToListAsync(cancellationToken);
        var children = await ChildrenAsync(found.Value, query, cancellationToken);
        return children.Count > 0
            ? await ByUnitAsync(found.Value, children, courses, query, cancellationToken)
            : await ByPersonAsync(found.Value, courses, query, cancellationToken);
    }

    private Task<List<AreaUnit>> ChildrenAsync(Area area, ReportQuery query, CancellationToken cancellationToken)
    {
        string[] paths = [.. area.Scope.Paths];
        return db.Units.On(query.AsOf)
            .Where(unit => area.Unit == null ? (area.Scope.IsEverything ? unit.ParentId == null : paths.Contains(unit.Path)) : unit.ParentId == area.Unit.Id)
            .OrderBy(unit => unit.Code).Select(unit => new AreaUnit(unit.Id, unit.Code, unit.Name, unit.Path)).ToListAsync(cancellationToken);
    }

    private async Task<ReportTable> ByUnitAsync(Area area, List<AreaUnit> children, List<ReportCourse> courses, ReportQuery query, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<object?>>();
        var links = new List<string?>();
        var counts = area.Unit is null ? await CountRootsAsync(children, query.AsOf, cancellationToken) : await CountAsync(area, area.Unit.Path.Length, query.AsOf, cancellationToken);
        foreach (var unit in area.Unit is null ? children : children.Prepend(area.Unit with { Name = T["Tổ của {0}", area.Unit.Name] }))
        {
            var isOwnTeam = unit.Id == area.Unit?.Id;
            var count = counts.GetValueOrDefault(unit.Path);
            if (isOwnTeam && count is null)
            {
                continue;
            }

            rows.Add([unit.Code, unit.Name, count?.Members ?? 0, courses.Sum(course => count?.Done.GetValueOrDefault(course.Id) ?? 0), .. courses.SelectMany(course => Share(count?.Done.GetValueOrDefault(course.Id) ?? 0, count?.Members ?? 0))]);
            links.Add(isOwnTeam ? null : $"/reports/{Id}?unit={Uri.EscapeDataString(unit.Code)}&as_of={query.AsOf:yyyy-MM-dd}");
        }

        var total = await TotalAsync(area, query.AsOf, cancellationToken);
        return new(
            T["Đến {0}, {1} trong {2} thành viên của {3} đã hoàn thành ít nhất một khóa học.", query.AsOf.ToDateText(), total.Any.ToVietnamese(), total.Members.ToVietnamese(), area.Name],
            [
                new("unit_code", T["Mã đơn vị"]),
                new("unit_name", T["Đơn vị"]),
                new("members", T["Thành viên"], ReportColumnKind.Number),
                new("completions", T["Lượt hoàn thành"], ReportColumnKind.Number),
                .. courses.SelectMany(course => new[]
                {
                    new ReportColumn(course.Column("done"), course.Title, ReportColumnKind.Number),
                    new ReportColumn(course.Column("share"), T["Tỷ lệ"], ReportColumnKind.Percent),
                }),
            ],
            rows)
        {
            Totals = [null, T["Tổng cộng"].Value, total.Members, courses.Sum(course => total.Done.GetValueOrDefault(course.Id)), .. courses.SelectMany(course => Share(total.Done.GetValueOrDefault(course.Id), total.Members))],
            // Completions can be added up over courses, people cannot: whoever has two courses would stand there twice.
            Chart = courses.Count > 0 ? new("unit_name", ["completions"], T["Biểu đồ: số lượt hoàn thành của mỗi đơn vị. Người xong hai khóa là hai lượt; từng khóa xem trong bảng."]) : null,
            Summary = Summary(total),
            RowLinks = links,
        };
    }

    private async Task<ReportTable> ByPersonAsync(Area area, List<ReportCourse> courses, ReportQuery query, CancellationToken cancellationToken)
    {
        var people = await areas.Members(area, query.AsOf)
            .Select(membership => new { membership.PersonId, membership.Person.Code, membership.Person.FullName, membership.Person.SortName }).Distinct()
            .OrderBy(person => person.SortName).ThenBy(person => person.Code).ToListAsync(cancellationToken);
        Guid[] ids = [.. people.Select(person => person.PersonId)];
        var done = (await db.Completions.AsNoTracking().On(query.AsOf).Where(completion => EF.Parameter(ids).Contains(completion.PersonId))
            .Select(completion => new { completion.PersonId, completion.CourseId, completion.CompletedUtc }).ToListAsync(cancellationToken))
            .GroupBy(row => (row.PersonId, row.CourseId)).ToDictionary(group => group.Key, group => DateOnly.FromDateTime(VietnamTime.ToLocal(group.Min(row => row.CompletedUtc))));
        var external = await db.ExternalCompletions.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.PersonId) && row.State == ExternalState.Accepted && row.CompletedOn <= query.AsOf)
            .GroupBy(row => row.PersonId).Select(group => new { PersonId = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.PersonId, row => row.Count, cancellationToken);
        var total = await TotalAsync(area, query.AsOf, cancellationToken);
        return new(
            T["Đến {0}, {1} trong {2} thành viên của {3} đã hoàn thành ít nhất một khóa học.", query.AsOf.ToDateText(), total.Any.ToVietnamese(), total.Members.ToVietnamese(), area.Name],
            [
                new("member_code", T["Mã thành viên"]),
                new("full_name", T["Họ và tên"]),
                new("completed", T["Số khóa hoàn thành"], ReportColumnKind.Number),
                .. courses.Select(course => new ReportColumn(course.Column("completed"), course.Title, ReportColumnKind.Date)),
                new("external", T["Khóa học ngoài"], ReportColumnKind.Number),
            ],
            [.. people.Select(person => (IReadOnlyList<object?>)
            [
                person.Code,
                person.FullName,
                courses.Count(course => done.ContainsKey((person.PersonId, course.Id))),
                .. courses.Select(course => done.TryGetValue((person.PersonId, course.Id), out var day) ? (object?)day : null),
                external.GetValueOrDefault(person.PersonId),
            ])])
        {
            Summary = Summary(total),
            RowLinks = [.. people.Select(person => $"/people/{Uri.EscapeDataString(person.Code)}")],
        };
    }

    /// <summary>Members and completions by the path of the unit below the area, counted by the database; a person in two teams of one unit counts once there.</summary>
    private async Task<Dictionary<string, UnitCount>> CountAsync(Area area, int length, DateOnly asOf, CancellationToken cancellationToken)
    {
        var members = areas.Members(area, asOf).Select(membership => new
        {
            membership.PersonId,
            Path = membership.Team.Unit.Path.Substring(0, length + membership.Team.Unit.Path.Substring(length).IndexOf("/") + 1),
        });
        var sizes = await members.GroupBy(row => row.Path).Select(group => new { Path = group.Key, Members = group.Select(row => row.PersonId).Distinct().Count() }).ToListAsync(cancellationToken);
        var done = (await members.Join(db.Completions.On(asOf), row => row.PersonId, completion => completion.PersonId, (row, completion) => new { row.Path, row.PersonId, completion.CourseId })
            .GroupBy(row => new { row.Path, row.CourseId })
            .Select(group => new { group.Key.Path, group.Key.CourseId, Done = group.Select(row => row.PersonId).Distinct().Count() })
            .ToListAsync(cancellationToken)).ToLookup(row => row.Path);
        return sizes.ToDictionary(size => size.Path, size => new UnitCount(size.Members, done[size.Path].ToDictionary(row => row.CourseId, row => row.Done)));
    }

    /// <summary>The same for a reader whose scope has several roots: each root is a row.</summary>
    private async Task<Dictionary<string, UnitCount>> CountRootsAsync(List<AreaUnit> roots, DateOnly asOf, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, UnitCount>();
        foreach (var root in roots)
        {
            var total = await TotalAsync(new(root.Name, new([root.Path]), root), asOf, cancellationToken);
            counts[root.Path] = new(total.Members, total.Done);
        }

        return counts;
    }

    private async Task<Total> TotalAsync(Area area, DateOnly asOf, CancellationToken cancellationToken)
    {
        var people = areas.Members(area, asOf).Select(membership => membership.PersonId).Distinct();
        var done = await db.Completions.On(asOf).Where(completion => people.Contains(completion.PersonId))
            .GroupBy(completion => completion.CourseId).Select(group => new { CourseId = group.Key, Done = group.Select(completion => completion.PersonId).Distinct().Count() })
            .ToDictionaryAsync(row => row.CourseId, row => row.Done, cancellationToken);
        var any = await db.Completions.On(asOf).Where(completion => completion.Course.State == CourseState.Published && people.Contains(completion.PersonId))
            .Select(completion => completion.PersonId).Distinct().CountAsync(cancellationToken);
        return new(await people.CountAsync(cancellationToken), any, done);
    }

    private Dictionary<string, ReportFigure> Summary(Total total) => new(StringComparer.Ordinal)
    {
        ["members"] = new(T["thành viên"], total.Members),
        ["completed_any"] = new(T["đã hoàn thành ít nhất một khóa"], total.Any),
    };

    private static object?[] Share(int done, int members) => [done, members == 0 ? null : (double)done / members];

    private sealed record ReportCourse(Guid Id, string Slug, string Title)
    {
        public string Column(string figure) => string.Create(CultureInfo.InvariantCulture, $"{Slug.Replace('-', '_')}_{figure}");
    }

    private sealed record UnitCount(int Members, Dictionary<Guid, int> Done);

    private sealed record Total(int Members, int Any, Dictionary<Guid, int> Done);
}
