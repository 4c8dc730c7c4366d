using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace TrainingSite.Kernel;

/// <summary>What forms do with faults.</summary>
public static class ModelStateExtensions
{
    /// <summary>Says each fault at its field, or above the form when it is about the whole.</summary>
    /// <param name="state">The form's state.</param>
    /// <param name="faults">What is wrong.</param>
    /// <param name="prefix">What the fields' names begin with in the page: <c>Form.</c></param>
    public static void AddFaults(this ModelStateDictionary state, IEnumerable<Fault> faults, string prefix = "")
    {
        foreach (var fault in faults)
        {
            state.AddModelError(fault.Field is null ? "" : prefix + fault.Field, fault.Message);
        }
    }
}
