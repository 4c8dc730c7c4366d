using System.Linq.Expressions;

namespace TrainingSite.Kernel;

/// <summary>
/// The part of the unit tree that someone may see or change: path prefixes such as <c>14/116/03646/</c>, or everything (<c>""</c>).
/// The one place that turns "who may see this" into a WHERE clause (R56, R93).
/// </summary>
/// <param name="Paths">Path prefixes, each ending in <c>/</c>; <c>""</c> is the whole tree; empty means nothing.</param>
public sealed record UnitScope(IReadOnlyList<string> Paths)
{
    /// <summary>The whole tree.</summary>
    public static readonly UnitScope Everything = new([""]);

    /// <summary>Nothing at all.</summary>
    public static readonly UnitScope Nothing = new([]);

    /// <summary>Whether the scope is the whole tree.</summary>
    public bool IsEverything => Paths.Contains("");

    /// <summary>Whether the scope is empty.</summary>
    public bool IsNothing => Paths.Count == 0;

    /// <summary>Whether a unit with that path lies in the scope.</summary>
    public bool Contains(string path) => Paths.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The paths of the scope and of all units above them: <c>14/116/</c> gives <c>14/116/</c> and <c>14/</c>. For what is meant for a unit and all below it.</summary>
    public string[] WithAbove() => [.. Paths.SelectMany(WithAbove).Distinct()];

    /// <summary>The part of this scope that lies in the subtree of <paramref name="path"/>.</summary>
    public UnitScope Within(string path) =>
        Contains(path) ? new([path]) : new([.. Paths.Where(prefix => prefix.StartsWith(path, StringComparison.Ordinal))]);

    private static IEnumerable<string> WithAbove(string path)
    {
        for (; path.Length > 0; path = path[..(path.TrimEnd('/').LastIndexOf('/') + 1)])
        {
            yield return path;
        }
    }
}

/// <summary>Scope as a query.</summary>
public static class UnitScopeExtensions
{
    /// <summary>Keeps the rows whose unit path lies in the scope; nothing when the scope is empty.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="path">Where a row's unit path is, such as <c>m =&gt; m.Team.Unit.Path</c>.</param>
    public static IQueryable<T> InScope<T>(this IQueryable<T> source, UnitScope scope, Expression<Func<T, string>> path)
    {
        if (scope.IsEverything)
        {
            return source;
        }

        Expression condition = Expression.Constant(false);
        foreach (var prefix in scope.Paths)
        {
            // A captured variable becomes a parameter, so that every reader shares one prepared statement.
            Expression<Func<string>> value = () => prefix;
            var startsWith = Expression.Call(path.Body, nameof(string.StartsWith), typeArguments: null, value.Body);
            condition = condition is ConstantExpression ? startsWith : Expression.OrElse(condition, startsWith);
        }

        return source.Where(Expression.Lambda<Func<T, bool>>(condition, path.Parameters));
    }
}
