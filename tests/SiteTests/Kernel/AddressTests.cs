using System.Net;

namespace TrainingSite.SiteTests.Kernel;

/// <summary>Addresses that no page gives, but that somebody may type or a program may send: answered, never by an error of the site.</summary>
public abstract class AddressTests(SiteFixture site)
{
    [Theory]
    [InlineData("/library?q=%00", HttpStatusCode.BadRequest)]
    [InlineData("/apps?topic=T1%00", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/search?q=%00", HttpStatusCode.BadRequest)]
    [InlineData("/people?page=42949674", HttpStatusCode.OK)]
    [InlineData("/apps?page=2147483647", HttpStatusCode.OK)]
    [InlineData("/reports/course-progress?as_of=9999-12-31", HttpStatusCode.BadRequest)]
    [InlineData("/reports/member-completion?as_of=0001-01-01", HttpStatusCode.BadRequest)]
    public async Task Address_OutOfAllBounds_IsAnswered(string address, HttpStatusCode status)
    {
        var organizer = await site.SignInAsync("so.organizer");

        Assert.Equal(status, (await organizer.GetAsync(address)).StatusCode);
    }
}

public sealed class SqliteAddressTests(SqliteSite site) : AddressTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlAddressTests(PostgreSqlSite site) : AddressTests(site), IClassFixture<PostgreSqlSite>;
