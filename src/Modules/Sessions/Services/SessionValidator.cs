using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Deadlines;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>Checks what an organizer wrote, and looks up the units that it names.</summary>
public sealed partial class SessionValidator(SiteDbContext db, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Nobody trained in such teams before.</summary>
    private const int FirstYear = 2000;

    private const int MostYearsAhead = 5;

    /// <summary>What the codes of a draft stand for.</summary>
    public sealed record Resolved(IReadOnlyList<Fault> Faults, IReadOnlyDictionary<string, AdministrativeUnit> Units, string OrganizerPath);

    /// <summary>The whole of a draft.</summary>
    public async Task<Resolved> CheckAsync(SessionDraft draft, CancellationToken cancellationToken)
    {
        var faults = CheckWords(draft);
        var before = faults.Count;
        CheckBlocks(draft.Blocks, faults);
        // A wrong month is seen here, before anybody is written down as absent.
        if (draft.MustBeAhead && faults.Count == before && draft.Blocks[^1].EndUtc <= clock.UtcNow())
        {
            faults.Add(new("session_over", T["Theo giờ bạn nhập, buổi này đã qua ({0}). Hãy sửa ngày, hoặc đánh dấu là bạn nhập để ghi sổ.", draft.Blocks[^1].EndUtc.ToLongText()], "IsPast"));
        }

        await CheckTopicsAsync(draft.Topics, faults, cancellationToken);
        var units = await FindUnitsAsync(draft, cancellationToken);
        CheckPoints(draft.Points ?? [], units, faults);
        CheckInvite(draft.Invite, units, faults);
        var organizerPath = await FindOrganizerAsync(draft, units, faults, cancellationToken);
        return new(faults, units, organizerPath);
    }

    /// <summary>What may still be changed of a published session. The rest is not asked for: it may be missing, or name what has ended since.</summary>
    public List<Fault> CheckWords(SessionDraft draft)
    {
        var faults = new List<Fault>();
        CheckNames(draft.Code, draft.Title, faults);
        CheckText(draft.Description, "Description", T["Nội dung"], 4000, faults);
        CheckText(draft.Organizers, "Organizers", T["Đơn vị tổ chức"], 500, faults);
        CheckText(draft.Trainers, "Trainers", T["Người hướng dẫn"], 500, faults);
        CheckDeadlines(draft.Deadlines, faults);
        if (draft.SeatsPerTeam is < 1)
        {
            faults.Add(new("seats_invalid", T["Mỗi Tổ phải có ít nhất 1 chỗ. Hãy sửa số, hoặc để trống nếu không giới hạn."], "SeatsPerTeam"));
        }

        return faults;
    }

    /// <summary>The blocks' own faults; also used when a session is postponed.</summary>
    public void CheckBlocks(IReadOnlyList<BlockDraft> blocks, List<Fault> faults)
    {
        if (blocks.Count == 0)
        {
            faults.Add(new("session_without_blocks", T["Buổi tập huấn chưa có giờ. Hãy nhập giờ bắt đầu và giờ kết thúc."], "Blocks"));
        }

        for (var index = 0; index < blocks.Count; index++)
        {
            var block = blocks[index];
            if (block.StartUtc == default)
            {
                faults.Add(new("block_without_time", T["Phần {0} thiếu ngày, giờ bắt đầu hoặc giờ kết thúc. Hãy nhập đủ.", index + 1], $"Blocks[{index}].Date"));
                continue;
            }

            if (block.StartUtc.Year < FirstYear || block.EndUtc > clock.UtcNow().AddYears(MostYearsAhead))
            {
                faults.Add(new("block_far_away", T["Ngày của phần {0} ({1}) quá xa hôm nay. Hãy xem lại năm.", index + 1, block.StartUtc.ToDateText()], $"Blocks[{index}].Date"));
                continue;
            }

            if (block.EndUtc <= block.StartUtc)
            {
                faults.Add(new("session_ends_before_start", T["Phần {0} kết thúc ({1}) không sau lúc bắt đầu ({2}). Hãy sửa giờ kết thúc.", index + 1, block.EndUtc.ToTimeText(), block.StartUtc.ToTimeText()], $"Blocks[{index}].End"));
            }

            if (index > 0 && block.StartUtc < blocks[index - 1].EndUtc)
            {
                faults.Add(new("blocks_overlap", T["Phần {0} bắt đầu ({1}) khi phần {2} chưa kết thúc ({3}). Hãy tách giờ hai phần.", index + 1, block.StartUtc.ToTimeText(), index, blocks[index - 1].EndUtc.ToTimeText()], $"Blocks[{index}].Start"));
            }

            CheckText(block.Title, $"Blocks[{index}].Title", T["Tên phần"], 200, faults);
        }
    }

    private void CheckDeadlines(DeadlineDraft? deadlines, List<Fault> faults)
    {
        if (deadlines?.CloseAfterMinutes is < 0 or > SessionDeadlines.MostCloseMinutes)
        {
            faults.Add(new("close_after_invalid", T["Số phút tự đóng phải từ 0 đến {0}, hoặc để trống để đóng bằng tay.", SessionDeadlines.MostCloseMinutes.ToVietnamese()], "CloseAfterMinutes"));
        }

        if (deadlines?.HandInHours is < 1 or > SessionDeadlines.MostHandInHours)
        {
            faults.Add(new("hand_in_invalid", T["Số giờ chốt danh sách phải từ 1 đến {0}, hoặc để trống để không đặt hạn.", SessionDeadlines.MostHandInHours.ToVietnamese()], "HandInHours"));
        }
    }

    /// <summary>The faults of a session's code and title.</summary>
    public void CheckNames(string code, string title, List<Fault> faults)
    {
        CheckCode(code, "Code", T["Mã buổi tập huấn"], faults);
        CheckText(title, "Title", T["Tên buổi tập huấn"], 300, faults, required: true);
    }

    /// <summary>The faults of a past session's head.</summary>
    internal async Task CheckPastAsync(PastSession past, List<Fault> faults, CancellationToken cancellationToken)
    {
        CheckNames(past.Code, past.Title, faults);
        await CheckTopicsAsync(past.Topics, faults, cancellationToken);
    }

    /// <summary>A point's own faults, its unit already looked up.</summary>
    public void CheckPoint(PointDraft point, AdministrativeUnit? unit, string field, List<Fault> faults)
    {
        CheckCode(point.Code, $"{field}.Code", T["Mã điểm cầu"], faults);
        CheckText(point.Name, $"{field}.Name", T["Tên điểm cầu"], 300, faults);
        CheckText(point.Venue, $"{field}.Venue", T["Địa điểm"], 300, faults);
        CheckText(point.Link, $"{field}.Link", T["Đường dẫn phòng họp"], 500, faults);
        if (point.Link is { Length: > 0 } link && !(Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            faults.Add(new("link_invalid", T["Đường dẫn phòng họp của điểm cầu {0} phải bắt đầu bằng https://.", point.Code], $"{field}.Link"));
        }

        if (point.Capacity is < 1)
        {
            faults.Add(new("capacity_invalid", T["Số chỗ của điểm cầu {0} phải từ 1 trở lên, hoặc để trống.", point.Code], $"{field}.Capacity"));
        }

        if (point.Unit is { Length: > 0 } code)
        {
            CheckUnit(code, unit, $"{field}.Unit", faults);
        }
    }

    /// <summary>The units of that codes which exist today.</summary>
    public async Task<Dictionary<string, AdministrativeUnit>> FindUnitsAsync(IReadOnlyCollection<string> codes, CancellationToken cancellationToken) =>
        await db.Units.AsNoTracking().On(clock.Today()).Where(unit => codes.Contains(unit.Code)).ToDictionaryAsync(unit => unit.Code, cancellationToken);

    private Task<Dictionary<string, AdministrativeUnit>> FindUnitsAsync(SessionDraft draft, CancellationToken cancellationToken) =>
        FindUnitsAsync([.. (draft.Points ?? []).Select(point => point.Unit).Concat(draft.Invite.Units).Append(draft.OrganizerUnit).OfType<string>().Distinct()], cancellationToken);

    private void CheckPoints(IReadOnlyList<PointDraft> points, Dictionary<string, AdministrativeUnit> units, List<Fault> faults)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < points.Count; index++)
        {
            var point = points[index];
            CheckPoint(point, point.Unit is null ? null : units.GetValueOrDefault(point.Unit), $"Points[{index}]", faults);
            if (!codes.Add(point.Code))
            {
                faults.Add(new("point_code_taken", T["Hai điểm cầu cùng mã {0}. Mỗi điểm cầu cần một mã riêng.", point.Code], $"Points[{index}].Code"));
            }
        }
    }

    private void CheckInvite(InviteDraft invite, Dictionary<string, AdministrativeUnit> units, List<Fault> faults)
    {
        for (var index = 0; index < invite.Units.Count; index++)
        {
            CheckUnit(invite.Units[index], units.GetValueOrDefault(invite.Units[index]), $"Invite.Units[{index}]", faults);
        }
    }

    private void CheckUnit(string code, AdministrativeUnit? unit, string field, List<Fault> faults)
    {
        if (unit is null)
        {
            faults.Add(new("unknown_unit", T["Không có đơn vị mã {0} vào ngày hôm nay. Xem mã ở trang Đơn vị.", code], field));
        }
        else if (!user.Can(Permissions.ManageSessions, unit.Path))
        {
            faults.Add(new("out_of_scope", T["{0} nằm ngoài phạm vi của bạn.", unit.FullName], field, FaultKind.Forbidden));
        }
    }

    private async Task CheckTopicsAsync(IReadOnlyList<string> topics, List<Fault> faults, CancellationToken cancellationToken)
    {
        var known = topics.Count == 0 ? [] : await db.Topics.OrderBy(topic => topic.Order).Select(topic => topic.Code).ToListAsync(cancellationToken);
        for (var index = 0; index < topics.Count; index++)
        {
            if (!known.Contains(topics[index]))
            {
                faults.Add(new("unknown_topic", T["Không có chủ đề {0}. Các chủ đề: {1}.", topics[index], string.Join(", ", known)], $"Topics[{index}]"));
            }
        }
    }

    private void CheckCode(string code, string field, string name, List<Fault> faults)
    {
        if (code.Length == 0)
        {
            faults.Add(new("code_required", T["{0} còn trống.", name], field));
        }
        else if (!Code().IsMatch(code))
        {
            faults.Add(new("code_invalid", T["{0} \"{1}\" chỉ được gồm chữ không dấu, số, dấu gạch và dấu chấm, nhiều nhất 40 ký tự.", name, code], field));
        }
    }

    private void CheckText(string? text, string field, string name, int most, List<Fault> faults, bool required = false)
    {
        if (required && string.IsNullOrWhiteSpace(text))
        {
            faults.Add(new("text_required", T["{0} còn trống.", name], field));
        }
        else if (text?.Length > most)
        {
            faults.Add(new("text_too_long", T["{0} dài {1} ký tự; nhiều nhất {2}.", name, text.Length, most], field));
        }
    }

    /// <summary>The unit that holds the session: the one named, else the narrowest right of the writer that reaches all who are invited.</summary>
    private async Task<string> FindOrganizerAsync(SessionDraft draft, Dictionary<string, AdministrativeUnit> units, List<Fault> faults, CancellationToken cancellationToken)
    {
        if (draft.OrganizerUnit is { Length: > 0 } code)
        {
            CheckUnit(code, units.GetValueOrDefault(code), "OrganizerUnit", faults);
            return units.GetValueOrDefault(code)?.Path ?? "";
        }

        var reached = draft.Invite.Units.Concat((draft.Points ?? []).Select(point => point.Unit).OfType<string>())
            .Select(units.GetValueOrDefault).OfType<AdministrativeUnit>().Select(unit => unit.Path).ToList();
        var path = user.ScopeOf(Permissions.ManageSessions).Paths
            .Where(path => reached.TrueForAll(unit => unit.StartsWith(path, StringComparison.Ordinal)))
            .MaxBy(path => path.Length);
        if (path is null)
        {
            faults.Add(new("out_of_scope", T["Bạn không có quyền tổ chức tập huấn cho tất cả đơn vị được mời."], "Invite.Units", FaultKind.Forbidden));
            return "";
        }

        // Whoever may do everything holds sessions in the name of the province.
        return path.Length > 0 ? path
            : reached.Count > 0 ? reached[0][..(reached[0].IndexOf('/', StringComparison.Ordinal) + 1)]
            : await db.Units.On(clock.Today()).Where(unit => unit.ParentId == null).OrderBy(unit => unit.Code).Select(unit => unit.Path).FirstOrDefaultAsync(cancellationToken) ?? "";
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}$")]
    private static partial Regex Code();
}
