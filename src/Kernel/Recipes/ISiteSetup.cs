namespace TrainingSite.Kernel;

/// <summary>Makes sure, after the first start, of what no site can do without, such as an administrator to sign in as.</summary>
public interface ISiteSetup
{
    /// <summary>Makes what is missing and says what a person must know (an activation code).</summary>
    Task EnsureAsync(Action<string> report);
}
