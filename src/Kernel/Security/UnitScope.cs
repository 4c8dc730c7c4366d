using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

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

    /// <summary>Whether the scope reaches over a whole province: what is for all of its people takes such a right.</summary>
    public bool HoldsProvince => Paths.Any(IsProvince);

    /// <summary>Whether a unit with that path lies in the scope.</summary>
    public bool Contains(string path) => Paths.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The paths of the scope and of all units above them: <c>14/116/</c> gives <c>14/116/</c> and <c>14/</c>. For what is meant for a unit and all below it.</summary>
    public string[] WithAbove() => [.. Paths.SelectMany(WithAbove).Distinct()];

    /// <summary>The part of this scope that lies in the subtree of <paramref name="path"/>.</summary>
    public UnitScope Within(string path) =>
        Contains(path) ? new([path]) : new([.. Paths.Where(prefix => prefix.StartsWith(path, StringComparison.Ordinal))]);

    /// <summary>Whether the subtree of that path is a province, or everything.</summary>
    internal static bool IsProvince(string path) => path.TrimEnd('/').IndexOf('/') < 0;

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
    /// <param name="also">Which rows to keep besides, such as those of no unit.</param>
    public static IQueryable<T> InScope<T>(this IQueryable<T> source, UnitScope scope, Expression<Func<T, string>> path, Expression<Func<T, bool>>? also = null) =>
        scope.IsEverything ? source : source.WhereAny(path.Parameters[0], [.. Below(scope, path.Body), .. Also(also, path)]);

    /// <summary>Keeps the rows whose unit lies above, at or below the scope: what is meant for a unit concerns all below it, and those above know of it.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="path">Where a row's unit path is.</param>
    /// <param name="also">Which rows to keep besides, such as those of no unit.</param>
    public static IQueryable<T> AroundScope<T>(this IQueryable<T> source, UnitScope scope, Expression<Func<T, string>> path, Expression<Func<T, bool>>? also = null)
    {
        if (scope.IsEverything)
        {
            return source;
        }

        var units = scope.WithAbove();
        Expression<Func<string, bool>> isAbove = unit => units.Contains(unit);
        return source.WhereAny(path.Parameters[0], [.. Below(scope, path.Body), Put(isAbove, path.Body), .. Also(also, path)]);
    }

    private static IQueryable<T> WhereAny<T>(this IQueryable<T> source, ParameterExpression row, IEnumerable<Expression> conditions) =>
        source.Where(Expression.Lambda<Func<T, bool>>(conditions.DefaultIfEmpty(Expression.Constant(false)).Aggregate(Expression.OrElse), row));

    private static IEnumerable<Expression> Below(UnitScope scope, Expression path)
    {
        foreach (var prefix in scope.Paths)
        {
            // A captured variable becomes a parameter, so that every reader shares one prepared statement.
            Expression<Func<string>> value = () => prefix;
            yield return Expression.Call(path, nameof(string.StartsWith), typeArguments: null, value.Body);
        }
    }

    private static IEnumerable<Expression> Also<T>(Expression<Func<T, bool>>? also, LambdaExpression path) => also is null ? [] : [Put(also, path.Parameters[0])];

    /// <summary>What a lambda says of something else.</summary>
    private static Expression Put(LambdaExpression lambda, Expression argument) => ReplacingExpressionVisitor.Replace(lambda.Parameters[0], argument, lambda.Body);
}
