using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TrainingSite.SiteTests.Notifications;

/// <summary>The mail server of smtp_server.py as a process of its own.</summary>
internal sealed class SmtpServer : IDisposable
{
    private readonly Process _process;

    private SmtpServer(Process process, int port, string folder) => (_process, Port, Folder) = (process, port, folder);

    public int Port { get; }

    public string Folder { get; }

    public static async Task<SmtpServer> StartAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var script = Path.Combine(AppContext.BaseDirectory, "Notifications", "smtp_server.py");
        var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, folder]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync();
        return line?.Split(' ') is ["ready", var port]
            ? new(process, int.Parse(port, CultureInfo.InvariantCulture), folder)
            : throw new InvalidOperationException($"The test mail server did not start ({line}). Is python3-aiosmtpd installed?");
    }

    /// <summary>The accepted messages whose decoded subject contains a text.</summary>
    public IReadOnlyList<ReceivedMail> Mails(string subject) =>
        [.. Directory.GetFiles(Folder, "*.eml").Order(StringComparer.Ordinal).Select(ReceivedMail.Read).Where(mail => mail.Subject.Contains(subject, StringComparison.Ordinal))];

    /// <summary>Refuses everybody, or stops doing so.</summary>
    public void RefuseEverybody(bool on)
    {
        var flag = Path.Combine(Folder, "refuse");
        if (on)
        {
            File.WriteAllText(flag, "");
        }
        else
        {
            File.Delete(flag);
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}

/// <summary>A mail file, parsed just as far as the tests look.</summary>
internal sealed record ReceivedMail(IReadOnlyDictionary<string, string> Headers, string Subject, IReadOnlyList<MailPart> Parts)
{
    public string To => Headers["To"];

    public string MessageId => Headers["Message-ID"];

    public string Part(string type) => Parts.First(part => part.Type.StartsWith(type, StringComparison.OrdinalIgnoreCase)).Text;

    public static ReceivedMail Read(string path)
    {
        var (headers, body) = Split(File.ReadAllText(path).ReplaceLineEndings("\n"));
        return new(headers, DecodeWords(headers["Subject"]), [.. PartsOf(headers, body)]);
    }

    private static IEnumerable<MailPart> PartsOf(IReadOnlyDictionary<string, string> headers, string body)
    {
        var type = headers.GetValueOrDefault("Content-Type", "text/plain");
        if (!type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = headers.GetValueOrDefault("Content-Transfer-Encoding", "7bit") switch
            {
                "base64" => Convert.FromBase64String(body),
                "quoted-printable" => QuotedPrintable(body),
                _ => Encoding.UTF8.GetBytes(body),
            };
            return [new(type, Encoding.UTF8.GetString(bytes))];
        }

        var boundary = type[(type.IndexOf("boundary=", StringComparison.Ordinal) + 9)..].Trim('"', ' ');
        return body.Split($"--{boundary}").Skip(1).SkipLast(1).Select(part => Split(part.TrimStart('\n'))).SelectMany(part => PartsOf(part.Headers, part.Body));
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var headers = text[..end].Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return (headers, text[(end + 2)..]);
    }

    private static string DecodeWords(string value)
    {
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('?')).Where(parts => parts.Length == 5).ToArray();
        return words.Length == 0
            ? value
            : Encoding.UTF8.GetString([.. words.SelectMany(parts => parts[2] is "B" or "b" ? Convert.FromBase64String(parts[3]) : QuotedPrintable(parts[3].Replace('_', ' ')))]);
    }

    private static byte[] QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        text = text.Replace("=\n", "", StringComparison.Ordinal);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '=' && index + 2 < text.Length)
            {
                bytes.Add(Convert.ToByte(text.Substring(index + 1, 2), 16));
                index += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[index].ToString()));
            }
        }

        return [.. bytes];
    }
}

/// <summary>One part of a mail.</summary>
internal sealed record MailPart(string Type, string Text);
