using System.Security.Cryptography;

namespace TrainingSite.Kernel;

/// <summary>
/// A key that signs what the site says: ECDSA P-256, made when first needed and kept among the site's keys, where all nodes find it.
/// Nothing but the public half ever leaves the server.
/// </summary>
public sealed class SigningKey
{
    private readonly Lazy<ECParameters> _parameters;
    private readonly Lazy<byte[]> _public;

    /// <summary>Finds the key's file; reads or makes it when first asked.</summary>
    /// <param name="paths">Where the site keeps its files.</param>
    /// <param name="file">Name of the file, such as <c>cards.pem</c>.</param>
    public SigningKey(SitePaths paths, string file)
    {
        _parameters = new(() => ReadOrMake(Path.Combine(paths.Folder("keys"), file)));
        _public = new(() =>
        {
            using var key = ECDsa.Create(_parameters.Value);
            return key.ExportSubjectPublicKeyInfo();
        });
    }

    /// <summary>The public key, its SubjectPublicKeyInfo.</summary>
    public IReadOnlyList<byte> PublicKey => _public.Value;

    /// <summary>The point of the public key.</summary>
    public ECPoint Point => _parameters.Value.Q;

    /// <summary>Signature of a text: r and s in 64 bytes, as browsers and JSON web signatures have it.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text)
    {
        using var key = ECDsa.Create(_parameters.Value);
        return key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Whether this key signed the text.</summary>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create(_parameters.Value);
        return key.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ECParameters ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Make(path);
        }

        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return key.ExportParameters(includePrivateParameters: true);
    }

    /// <summary>Two nodes that start together must end with one key: one of them makes it while the other waits, and the file appears whole or not at all.</summary>
    private static void Make(string path)
    {
        using var turn = WaitForTurn(path + ".lock");
        if (File.Exists(path))
        {
            return;
        }

        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (var file = new FileStream(draft, options))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
    }

    /// <summary>The lock that only one holds at a time. The system lets go of it when its holder dies; moving a file without overwriting would not do, since that looks first and moves then.</summary>
    private static FileStream WaitForTurn(string path)
    {
        FileStream? turn = null;
        IOException? refusal = null;
        SpinWait.SpinUntil(() =>
        {
            try
            {
                turn = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException exception)
            {
                refusal = exception;
            }

            return turn is not null;
        }, TimeSpan.FromSeconds(10));
        return turn ?? throw new IOException($"Could not lock {path} within ten seconds.", refusal);
    }
}
