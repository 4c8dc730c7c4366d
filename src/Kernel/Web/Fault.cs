using System.Diagnostics.CodeAnalysis;

namespace TrainingSite.Kernel;

/// <summary>An expected failure: what is wrong, where, and what to do, in the reader's language.</summary>
/// <param name="Code">For programs, such as <c>session_end_before_start</c>.</param>
/// <param name="Message">For people.</param>
/// <param name="Field">The input that it is about, such as <c>Blocks[0].End</c>; null when about the whole.</param>
/// <param name="Kind">What the answer's status follows from.</param>
public sealed record Fault(string Code, string Message, string? Field = null, FaultKind Kind = FaultKind.Invalid)
{
    /// <summary>Path of the page of what stands in the way; null when there is none, or none that the reader may see.</summary>
    public string? Link { get; init; }
}

/// <summary>What kind of failure; decides the HTTP status.</summary>
public enum FaultKind
{
    /// <summary>400: the input is wrong.</summary>
    Invalid,

    /// <summary>403: known, but not this person's to do.</summary>
    Forbidden,

    /// <summary>404: not there, or not for this reader to see.</summary>
    NotFound,

    /// <summary>409: somebody else changed it meanwhile, or its state does not allow it.</summary>
    Conflict,
}

/// <summary>The value, or the faults for which there is none. Expected failures are results; exceptions are bugs.</summary>
public sealed class Result<T>
{
    private Result(T? value, IReadOnlyList<Fault> faults)
    {
        Value = value;
        Faults = faults;
    }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Faults.Count == 0;

    /// <summary>The value; default when there are faults.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value; empty when there is one.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>A value is a result.</summary>
    public static implicit operator Result<T>(T value) => new(value, []);

    /// <summary>A fault is a result.</summary>
    public static implicit operator Result<T>(Fault fault) => new(default, [fault]);

    /// <summary>Several faults are a result; the list must not be empty.</summary>
    public static implicit operator Result<T>(List<Fault> faults) =>
        faults.Count > 0 ? new(default, faults) : throw new ArgumentException("A failed result needs a fault.", nameof(faults));
}
