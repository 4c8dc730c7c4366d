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

    /// <summary>Two nodes that start together must end with one key: the file appears whole or not at all, and the second maker takes the first one's.</summary>
    private static ECParameters ReadOrMake(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!File.Exists(path))
        {
            var draft = $"{path}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(draft, options))
            using (var writer = new StreamWriter(file))
            {
                writer.Write(key.ExportPkcs8PrivateKeyPem());
                writer.Flush();
                file.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }

        key.ImportFromPem(File.ReadAllText(path));
        return key.ExportParameters(includePrivateParameters: true);
    }
}
