namespace TrainingSite.Organization.Services.Import;

/// <summary>A team of the file.</summary>
/// <param name="Name">Name of its unit.</param>
/// <param name="Members">Members, without collaborators and rows held back.</param>
/// <param name="Issues">What is worth saying about the team.</param>
public sealed record ImportTeam(string Name, int Members, IReadOnlyList<ImportIssue> Issues)
{
    private static readonly string[] OverfullChoices = ["move to a collaborator group", "approve an exception", "remove members"];

    /// <summary>Its code; null when it has none yet.</summary>
    public string? Code { get; init; }

    /// <summary>Collaborators.</summary>
    public int Collaborators { get; init; }

    /// <summary>By how many it is too large.</summary>
    public int OverBy { get; init; }

    /// <summary>Members if the namesakes held back are new people.</summary>
    public int? MembersIfDecidedNew { get; init; }

    /// <summary>Members if the other rows held back are decided.</summary>
    public int? MembersIfDecided { get; init; }

    internal Dictionary<string, object?> ToJson()
    {
        var json = new Dictionary<string, object?> { ["team"] = Name, ["members"] = Members, ["issues"] = Issues };
        if (Code is not null)
        {
            json["code"] = Code;
        }

        if (Collaborators > 0)
        {
            json["collaborators"] = Collaborators;
        }

        if (OverBy > 0)
        {
            json["over_by"] = OverBy;
            json["choices"] = OverfullChoices;
        }

        if (MembersIfDecidedNew is { } asNew)
        {
            json["members_if_decided_new"] = asNew;
        }

        if (MembersIfDecided is { } decided)
        {
            json["members_if_decided"] = decided;
        }

        return json;
    }
}
