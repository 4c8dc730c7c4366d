using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Courses.Topics;

/// <summary>Writes the editions of topics, and keeps the topics themselves as their edition of today is.</summary>
public sealed class TopicEditor(SiteDbContext db, UnitChoices units, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int MostYearsAhead = 5;

    /// <summary>Who writes editions, or makes the topics what they say, has them alone meanwhile.</summary>
    private const string Lock = "topics";

    /// <summary>Writes what a topic is from a day on. What was true before that day stays as it was.</summary>
    public async Task<Result<TopicEdition>> SaveAsync(Topic topic, TopicForm form, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        if (form.ValidFrom is not { } from || from < today || from > today.AddYears(MostYearsAhead))
        {
            return new Fault("topic_day_invalid", T["Thay đổi có hiệu lực từ hôm nay hoặc một ngày sắp tới, trong vòng {0} năm. Những ngày đã qua giữ nguyên để báo cáo cũ không đổi.", MostYearsAhead], nameof(form.ValidFrom));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockAsync(Lock, cancellationToken);
        var editions = await EditionsAsync(topic.Code, cancellationToken);
        if (form.Seen != Seen(editions))
        {
            return new Fault("topic_changed_meanwhile", T["Có người vừa ghi thay đổi khác cho chuyên đề này, xem ở “Các thời kỳ”. Phần bạn nhập vẫn còn ở dưới và chưa được lưu; bấm Lưu lần nữa nếu vẫn muốn ghi."], Kind: FaultKind.Conflict);
        }

        var edition = editions.FindLast(row => row.ValidFrom <= from);
        if (form.OfferedUntil < from && form.OfferedUntil != edition?.OfferedUntil)
        {
            return new Fault("topic_end_invalid", T["Ngày cuối không được trước ngày có hiệu lực."], nameof(form.OfferedUntil));
        }

        UnitOption? unit = null;
        if (!string.IsNullOrWhiteSpace(form.UnitCode))
        {
            var code = form.UnitCode.Trim();
            unit = await units.FindAsync(code, user.ScopeOf(Permissions.ManageTopics), today, withProvince: false, UnitOption.Of(topic.UnitPath, topic.UnitName), cancellationToken);
            if (unit is null)
            {
                return new Fault("topic_unit_unknown", T["Không có đơn vị mã “{0}” trong phạm vi của bạn. Hãy chọn lại.", code], nameof(form.UnitCode));
            }
        }

        if (edition?.ValidFrom != from)
        {
            edition = db.TopicEditions.Add(new() { Code = topic.Code, ValidFrom = from }).Entity;
        }

        edition.Name = VietnameseText.Clean(form.Name);
        edition.Audience = VietnameseText.Clean(form.Audience ?? "");
        edition.Order = form.Order;
        edition.OfferedUntil = form.OfferedUntil;
        (edition.UnitPath, edition.UnitName) = (unit?.Path, unit?.Name);
        edition.ChangedBy = user.Name;
        await db.SaveChangesAsync(cancellationToken);
        await WriteTodayAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return edition;
    }

    /// <summary>Takes a change back that has not come into force yet.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(string code, DateOnly from, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        return await db.TopicEditions.Where(edition => edition.Code == code && edition.ValidFrom == from && edition.ValidFrom > today).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Makes each topic what its edition of today says.</summary>
    public Task ApplyAsync(CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        await db.LockAsync(Lock, cancellationToken);
        await WriteTodayAsync(cancellationToken);
    }, cancellationToken);

    /// <summary>A word for the editions of a topic: it is another one when somebody changed them.</summary>
    internal static string Seen(IEnumerable<TopicEdition> editions) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        editions.Select(row => new { row.ValidFrom, row.OfferedUntil, row.Name, row.Audience, row.Order, row.UnitPath, row.ChangedBy }))));

    /// <summary>All editions of a topic, oldest first.</summary>
    internal Task<List<TopicEdition>> EditionsAsync(string code, CancellationToken cancellationToken) =>
        db.TopicEditions.Where(edition => edition.Code == code).OrderBy(edition => edition.ValidFrom).ToListAsync(cancellationToken);

    private async Task WriteTodayAsync(CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var editions = (await db.TopicEditions.AsNoTracking().Where(edition => edition.ValidFrom <= today).ToListAsync(cancellationToken))
            .GroupBy(edition => edition.Code).ToDictionary(group => group.Key, group => group.MaxBy(edition => edition.ValidFrom)!, StringComparer.Ordinal);
        foreach (var topic in await db.Topics.ToListAsync(cancellationToken))
        {
            if (editions.TryGetValue(topic.Code, out var edition))
            {
                (topic.Name, topic.Audience, topic.Order, topic.UnitPath, topic.UnitName) = (edition.Name, edition.Audience, edition.Order, edition.UnitPath, edition.UnitName);
                topic.IsOffered = edition.OfferedUntil is null || edition.OfferedUntil >= today;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
