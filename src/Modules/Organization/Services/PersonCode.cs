using System.Security.Cryptography;

namespace TrainingSite.Organization.Services;

/// <summary>Codes for people whom no list has given one: short, without letters that look alike, so that they can be read aloud.</summary>
internal static class PersonCode
{
    public static string New() => $"TV-{RandomNumberGenerator.GetString("23456789ABCDEFGHJKMNPQRSTVWXYZ", 7)}";
}
