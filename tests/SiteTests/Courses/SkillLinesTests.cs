using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Which skill of a checklist a line is after it was written anew.</summary>
public sealed class SkillLinesTests
{
    [Theory]
    [InlineData("Cài ứng dụng|Đổi mật khẩu", "Cài ứng dụng|Đổi mật khẩu", "12")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu", "Đổi mật khẩu|Cài ứng dụng", "21")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu", "Tự cài được một ứng dụng|Đổi mật khẩu", "12")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu", "Tải phần mềm về máy|Thay mật mã", "12")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu", "Cài ứng dụng|Đổi mật khẩu|Gọi 156", "12-")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu", "Gọi 156|Cài ứng dụng|Đổi mật khẩu", "-12")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu", "Gọi 156|Cài được ứng dụng|Đổi mật khẩu", "-12")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu|Gọi 156", "Cài ứng dụng|Gọi 156", "13")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu|Gọi 156", "Đổi được mật khẩu|Gọi 156", "23")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu", "Gọi 156", "-")]
    [InlineData("Cài ứng dụng|Đổi mật khẩu", "", "")]
    [InlineData("", "Gọi 156", "-")]
    public void Match_LinesWrittenAnew_FindsTheirSkills(string before, string after, string expected)
    {
        var skills = Lines(before).Select((text, index) => new Skill { Code = (index + 1).ToString(), Text = text, Position = index + 1 }).ToList();

        var rows = SkillLines.Match(skills, Lines(after));

        Assert.Equal(expected, string.Concat(rows.Select(row => row?.Code ?? "-")));
    }

    private static string[] Lines(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
