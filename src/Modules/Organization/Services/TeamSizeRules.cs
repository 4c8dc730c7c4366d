using Microsoft.Extensions.Options;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>Fewest and most members.</summary>
/// <param name="Minimum">Fewest.</param>
/// <param name="Maximum">Most.</param>
public sealed record TeamSize(int Minimum, int Maximum);

/// <summary>The size limits in force on a day; the one with the longest matching path counts, of those the latest (R6).</summary>
public sealed class TeamSizeRules(IReadOnlyList<TeamSizeLimit> limits, TeamSize otherwise)
{
    /// <summary>The limits for a unit's team.</summary>
    public TeamSize For(string unitPath) => Find(unitPath) ?? otherwise;

    /// <summary>The limits for a unit's team; null where none is set.</summary>
    public TeamSize? Find(string unitPath) =>
        limits.Where(limit => unitPath.StartsWith(limit.ScopePath, StringComparison.Ordinal))
            .OrderByDescending(limit => limit.ScopePath.Length).ThenByDescending(limit => limit.ValidFrom)
            .Select(limit => new TeamSize(limit.Minimum, limit.Maximum))
            .FirstOrDefault();
}

/// <summary>Reads the size limits.</summary>
public sealed class TeamSizeReader(SiteDbContext db, IOptions<OrganizationOptions> options)
{
    /// <summary>The limits in force on a day.</summary>
    public async Task<TeamSizeRules> OnAsync(DateOnly day, CancellationToken cancellationToken = default) =>
        new(await db.TeamSizeLimits.AsNoTracking().Where(limit => limit.ValidFrom <= day).ToListAsync(cancellationToken),
            new(options.Value.TeamMinimum, options.Value.TeamMaximum));
}
