namespace TrainingSite.Sessions.Cards;

/// <summary>The key that signs members' cards, so that a phone without signal can check a card and nobody can make one.</summary>
public sealed class CardKey(SitePaths paths)
{
    private readonly SigningKey _key = new(paths, "cards.pem");

    /// <summary>The public key, base64 of its SubjectPublicKeyInfo.</summary>
    public string PublicKey => Convert.ToBase64String([.. _key.PublicKey]);

    /// <summary>Signature of a text: r and s in 64 bytes, as browsers check it.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text) => _key.Sign(text);

    /// <summary>Whether this key signed the text.</summary>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => _key.Verify(text, signature);
}
