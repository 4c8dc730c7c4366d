using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.External;

/// <summary>Proofs on the disk; what they are is decided by their bytes.</summary>
public sealed class ProofFiles(SitePaths paths, IConfiguration configuration, IStringLocalizer<Strings> T) : FileStore(paths, configuration, "proofs")
{
    private const int HeadBytes = 8;

    /// <summary>Keeps a file, or says why not; then nothing is left on the disk.</summary>
    internal async Task<Result<ProofFile>> TakeAsync(Stream content, CancellationToken cancellationToken)
    {
        var received = await ReceiveAsync(content, cancellationToken);
        try
        {
            if (received.Size > MaxBytes)
            {
                return new Fault("file_too_large", T["Tệp lớn hơn {0} MB. Hãy gửi tệp nhỏ hơn, hoặc chụp lại ở cỡ nhỏ hơn.", MaxMegabytes], "File");
            }

            if (await TypeOfAsync(received.Path, cancellationToken) is not { } type)
            {
                return new Fault("file_kind_unknown", T["Tệp minh chứng phải là PDF hoặc ảnh JPEG, PNG."], "File");
            }

            Keep(received);
            return new ProofFile(received.Sha256, type);
        }
        finally
        {
            Drop(received);
        }
    }

    private static async Task<ProofType?> TypeOfAsync(string path, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        await using var file = File.OpenRead(path);
        await file.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken);
        return head.AsSpan().StartsWith("%PDF-"u8) ? ProofType.Pdf
            : head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ProofType.Jpeg
            : head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? ProofType.Png
            : null;
    }
}

/// <summary>A kept file.</summary>
internal sealed record ProofFile(string Sha256, ProofType Type);
