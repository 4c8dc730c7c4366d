using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Accounts.Services;

/// <summary>User names that can be typed on any phone: letters without accents, digits and four signs.</summary>
public sealed partial class UserNames(SiteDbContext db, ILookupNormalizer normalizer, IStringLocalizer<Strings> T)
{
    /// <summary>What is wrong with a user name that somebody chose; null when nothing is.</summary>
    public async Task<Fault?> CheckAsync(string userName, CancellationToken cancellationToken)
    {
        if (!Allowed().IsMatch(userName))
        {
            return new("user_name_wrong", T["Tên đăng nhập '{0}' chưa đúng: từ 2 đến 60 ký tự, chỉ gồm chữ không dấu, chữ số và . _ - @", userName], nameof(NewAccount.UserName));
        }

        var normalized = normalizer.NormalizeName(userName);
        return await db.Users.AnyAsync(user => user.NormalizedUserName == normalized, cancellationToken)
            ? new("user_name_taken", T["Tên đăng nhập '{0}' đã có người dùng. Hãy chọn tên khác.", userName], nameof(NewAccount.UserName), FaultKind.Conflict)
            : null;
    }

    /// <summary>A free user name made from a name: "Lò Thị Nga" → "lo.thi.nga", then "lo.thi.nga2".</summary>
    public async Task<string> SuggestAsync(string displayName, CancellationToken cancellationToken)
    {
        var stem = string.Join('.', VietnameseText.Fold(displayName).Split(' ').Select(word => NotAllowed().Replace(word, "")).Where(word => word.Length > 0));
        stem = stem.Length < 2 ? $"nguoi.dung{stem}" : stem[..Math.Min(stem.Length, 50)];
        var normalized = normalizer.NormalizeName(stem);
        var taken = (await db.Users.Where(user => user.NormalizedUserName!.StartsWith(normalized)).Select(user => user.NormalizedUserName!).ToListAsync(cancellationToken)).ToHashSet();
        return !taken.Contains(normalized) ? stem : stem + Enumerable.Range(2, int.MaxValue - 2).First(number => !taken.Contains(normalized + number));
    }

    [GeneratedRegex("^[A-Za-z0-9._@-]{2,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();

    [GeneratedRegex("[^a-z0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex NotAllowed();
}
