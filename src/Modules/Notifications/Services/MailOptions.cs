using System.Net.Mail;

namespace TrainingSite.Notifications.Services;

/// <summary>Where mail goes.</summary>
public enum MailMode
{
    /// <summary>Into the folder <c>mail</c> of <c>Site:DataPath</c>, one <c>.eml</c> file a message: nothing leaves the machine.</summary>
    Pickup,

    /// <summary>To a mail server.</summary>
    Smtp,
}

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Not at all: only for a server on the same machine.</summary>
    None,

    /// <summary>STARTTLS, usually port 587. Implicit TLS (port 465) is not supported by System.Net.Mail.</summary>
    StartTls,
}

/// <summary>Section <c>Mail</c> of the configuration.</summary>
public sealed class MailOptions
{
    /// <summary>Pickup folder or mail server.</summary>
    public MailMode Mode { get; init; } = MailMode.Pickup;

    /// <summary>Name of the mail server.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Account at the mail server; empty for none.</summary>
    public string User { get; init; } = "";

    /// <summary>Its password.</summary>
    public string Password { get; init; } = "";

    /// <summary>How the connection is protected.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Sender's address.</summary>
    public string From { get; init; } = "taphuan@example.org";

    /// <summary>Sender's name.</summary>
    public string FromName { get; init; } = "Tập huấn Tổ công nghệ số cộng đồng";

    /// <summary>Seconds after which a silent mail server is given up.</summary>
    public int TimeoutSeconds { get; init; } = 20;

    /// <summary>What is wrong with the settings, for people who run the site; null when nothing is.</summary>
    public string? Problem() => this switch
    {
        { Mode: MailMode.Smtp, Host: "" } => "Mail:Mode là Smtp nhưng Mail:Host còn trống. Hãy điền tên máy chủ thư, hoặc đặt Mail:Mode là Pickup.",
        { Mode: MailMode.Smtp, Port: 465 } => "Mail:Port là 465 (TLS ngầm), không dùng được. Hãy dùng cổng 587 với Mail:Security là StartTls.",
        _ when !MailAddress.TryCreate(From, out _) => $"Mail:From là '{From}', không phải địa chỉ thư.",
        _ => null,
    };
}
