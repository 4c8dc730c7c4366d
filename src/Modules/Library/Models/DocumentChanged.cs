namespace TrainingSite.Library.Models;

/// <summary>
/// A document was added, changed, read or deleted. Unlike other facts it is told after <c>SaveChanges</c>, yet inside the same
/// transaction: those who index it read the rows from the database.
/// </summary>
/// <param name="Id">Its key.</param>
public sealed record DocumentChanged(Guid Id);
