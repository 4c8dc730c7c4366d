namespace TrainingSite.Kernel;

/// <summary>Where the site stands for people outside, setting <c>Site:BaseUrl</c>. What is stored, printed or sent takes it from here and never from a request: whoever asks may write any host there.</summary>
public sealed class SiteAddress
{
    /// <summary>Takes what is set.</summary>
    public SiteAddress(string? baseUrl)
    {
        Url = (baseUrl ?? "").TrimEnd('/');
        IsPublic = Uri.TryCreate(Url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && !uri.IsLoopback;
    }

    /// <summary>What addresses of pages begin with.</summary>
    public string Url { get; }

    /// <summary>Whether others can open it. Until somebody sets it, it leads each reader to their own machine.</summary>
    public bool IsPublic { get; }
}
