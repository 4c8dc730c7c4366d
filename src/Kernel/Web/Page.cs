namespace TrainingSite.Kernel;

/// <summary>One page of a list, cut by the database.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="Total">How many rows there are in all.</param>
/// <param name="Number">This page's number, from 1.</param>
/// <param name="Size">Rows a page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Number, int Size) : IPage
{
    /// <inheritdoc />
    public int Count => Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>What the pager partial needs to know.</summary>
public interface IPage
{
    /// <summary>How many rows there are in all.</summary>
    int Total { get; }

    /// <summary>This page's number, from 1.</summary>
    int Number { get; }

    /// <summary>How many pages there are, at least 1.</summary>
    int Count { get; }

    /// <summary>Rows a page.</summary>
    int Size { get; }
}

/// <summary>Paging of queries.</summary>
public static class PageExtensions
{
    /// <summary>Counts and takes one page of an ordered query.</summary>
    /// <param name="query">Ordered, and projected to what the page shows.</param>
    /// <param name="number">Page number from 1; smaller is taken as 1, and larger than any list as the last that can be.</param>
    /// <param name="size">Rows a page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<Page<T>> ToPageAsync<T>(this IQueryable<T> query, int number, int size = 50, CancellationToken cancellationToken = default)
    {
        // Nobody reads so far, and the rows before it must be a number.
        number = Math.Clamp(number, 1, int.MaxValue / size);
        var total = await query.CountAsync(cancellationToken);
        var items = await query.Skip((number - 1) * size).Take(size).ToListAsync(cancellationToken);
        return new(items, total, number, size);
    }
}
