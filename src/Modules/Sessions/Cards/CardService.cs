using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;

namespace TrainingSite.Sessions.Cards;

/// <summary>
/// Members' cards: the text in a card's code, what a scanned text says, and which card of a person counts. The text is
/// <c>TS1:{member code}:{issue}:{signature}</c>; it says who, and nothing about them.
/// </summary>
public sealed class CardService(SiteDbContext db, CardKey key, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>The card of whoever was never given another.</summary>
    public const int FirstIssue = 1;

    /// <summary>Longest text that is looked at: a card of this site has about 110 characters.</summary>
    public const int MostLength = 200;

    /// <summary>Why an event is not taken: the text was not signed by this site, or is the card of somebody else.</summary>
    public const string Invalid = "card_invalid";

    /// <summary>Why an event is not taken: the person was given a newer card.</summary>
    public const string Void = "card_void";

    /// <summary>Checks cards on a phone without signal: base64 of the key's SubjectPublicKeyInfo.</summary>
    public string PublicKey => key.PublicKey;

    /// <summary>What the code on a card says.</summary>
    public string TextOf(string memberCode, int issue)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"TS1:{memberCode}:{issue}");
        return $"{signed}:{Base64Url.EncodeToString(key.Sign(Encoding.UTF8.GetBytes(signed)))}";
    }

    /// <summary>Whose card it is and which issue; null when this site did not sign it.</summary>
    public (string Member, int Issue)? Read(string text)
    {
        var end = text.LastIndexOf(':');
        var middle = end > 0 ? text.LastIndexOf(':', end - 1) : -1;
        if (middle < 4 || text.Length > MostLength || !text.StartsWith("TS1:", StringComparison.Ordinal)
            || !int.TryParse(text.AsSpan(middle + 1, end - middle - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var issue)
            || !Base64Url.IsValid(text.AsSpan(end + 1)))
        {
            return null;
        }

        var signature = Base64Url.DecodeFromChars(text.AsSpan(end + 1));
        return key.Verify(Encoding.UTF8.GetBytes(text[..end]), signature) ? (text[4..middle], issue) : null;
    }

    /// <summary>For events that carry a card: why each is not taken, or null where all is well. One query for all.</summary>
    /// <param name="events">Member and card's text of each event; null where no card was scanned.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<string?>> CheckAsync(IReadOnlyList<(string Member, string? Card)> events, CancellationToken cancellationToken = default)
    {
        var reasons = new string?[events.Count];
        var issues = new (string Member, int Issue)?[events.Count];
        for (var index = 0; index < reasons.Length; index++)
        {
            if (events[index].Card is { } text)
            {
                issues[index] = Read(text);
                reasons[index] = issues[index]?.Member == events[index].Member ? null : Invalid;
            }
        }

        var members = issues.Where((issue, index) => issue is not null && reasons[index] is null).Select(issue => issue!.Value.Member).Distinct().ToList();
        if (members.Count == 0)
        {
            return reasons;
        }

        var valid = await db.Set<MemberCard>().Join(db.People.Where(person => members.Contains(person.Code)), card => card.PersonId, person => person.Id, (card, person) => new { person.Code, card.Issue })
            .ToDictionaryAsync(card => card.Code, card => card.Issue, StringComparer.Ordinal, cancellationToken);
        for (var index = 0; index < reasons.Length; index++)
        {
            if (reasons[index] is null && issues[index] is { } card && card.Issue != valid.GetValueOrDefault(card.Member, FirstIssue))
            {
                reasons[index] = Void;
            }
        }

        return reasons;
    }

    /// <summary>The issues that count, of those among the people who were given a new card; of all others it is the first.</summary>
    public Task<Dictionary<Guid, int>> ReissuedAsync(IQueryable<Guid> people, CancellationToken cancellationToken = default) =>
        db.Set<MemberCard>().Where(card => people.Contains(card.PersonId)).ToDictionaryAsync(card => card.PersonId, card => card.Issue, cancellationToken);

    /// <summary>The issue that counts for a person.</summary>
    public async Task<int> IssueOfAsync(Guid person, CancellationToken cancellationToken = default) =>
        await db.Set<MemberCard>().Where(card => card.PersonId == person).Select(card => (int?)card.Issue).SingleOrDefaultAsync(cancellationToken) ?? FirstIssue;

    /// <summary>The person, when the reader manages or leads a team in which they are today.</summary>
    public async Task<Person?> FindToIssueAsync(string memberCode, CancellationToken cancellationToken = default)
    {
        var near = db.Memberships.On(clock.Today()).InScope(user.ScopeOf(Organization.Permissions.ManageTeams), membership => membership.Team.Unit.Path).Select(membership => membership.PersonId);
        return await db.People.AsNoTracking().SingleOrDefaultAsync(person => person.Code == memberCode && near.Contains(person.Id), cancellationToken);
    }

    /// <summary>Gives a person a new card, because the old one was lost: the old one no longer counts.</summary>
    /// <param name="memberCode">Whose.</param>
    /// <param name="seen">The issue that the reader saw; sending twice gives one new card.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<int>> ReissueAsync(string memberCode, int seen, CancellationToken cancellationToken = default)
    {
        if (await FindToIssueAsync(memberCode, cancellationToken) is not { } person)
        {
            return new Fault("unknown_member", T["Không có thành viên mã {0} trong các Tổ của bạn.", memberCode], Kind: FaultKind.NotFound);
        }

        var now = clock.UtcNow();
        var changed = await db.Set<MemberCard>().Where(card => card.PersonId == person.Id && card.Issue == seen)
            .ExecuteUpdateAsync(set => set.SetProperty(card => card.Issue, seen + 1).SetProperty(card => card.IssuedUtc, now).SetProperty(card => card.IssuedBy, user.Name), cancellationToken);
        if (changed == 0 && seen == FirstIssue)
        {
            var (issue, by) = (FirstIssue + 1, user.Name);
            changed = await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Sessions_MemberCard" ("PersonId", "Issue", "IssuedUtc", "IssuedBy") VALUES ({person.Id}, {issue}, {now}, {by}) ON CONFLICT DO NOTHING
                """, cancellationToken);
        }

        return changed == 1
            ? seen + 1
            : new Fault("changed_meanwhile", T["Thẻ của {0} vừa được cấp lại. Trang này hiện thẻ mới nhất.", person.FullName], Kind: FaultKind.Conflict);
    }
}
