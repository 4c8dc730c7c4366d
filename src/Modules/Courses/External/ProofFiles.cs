using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.External;

/// <summary>Proofs on the disk; what they are is decided by their bytes.</summary>
public sealed class ProofFiles(SitePaths paths, IConfiguration configuration, IStringLocalizer<Strings> T) : FileStore(paths, configuration, "proofs")
{
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

            ProofType? known = await FileSignatures.OfFileAsync(received.Path, cancellationToken) switch
            {
                FileSignature.Pdf => ProofType.Pdf,
                FileSignature.Jpeg => ProofType.Jpeg,
                FileSignature.Png => ProofType.Png,
                _ => null,
            };
            if (known is not { } type)
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
}

/// <summary>A kept file.</summary>
internal sealed record ProofFile(string Sha256, ProofType Type);
