using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Media.Services;

namespace TrainingSite.BrowserTests;

/// <summary>What a course takes on a phone.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LearnSizeTests(BrowserSite site)
{
    [Fact]
    public async Task Course_OfEightLessonsWithPictures_TakesLessThanAMegabyte()
    {
        var (user, _) = await site.LearnerAsync();
        var phone = await site.PhoneAsync();
        await site.SignInAsync(phone, user);
        var pictures = new List<string>();
        for (var number = 0; number < 8; number++)
        {
            pictures.Add(await AddPhotoAsync(phone, number));
        }

        var slug = await BigCourseAsync(pictures);
        await phone.GotoAsync($"/courses/{slug}");
        var said = int.Parse(System.Text.RegularExpressions.Regex.Match(await phone.InnerTextAsync("[data-keep]"), @"(\d+) kB").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        await phone.KeepAsync();

        var kept = int.Parse(System.Text.RegularExpressions.Regex.Match(await phone.InnerTextAsync("[data-kept]"), @"(\d+) kB").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(kept, 200, 1000);
        // What the page says beforehand is what it takes, within a fifth.
        Assert.InRange(said, kept * 4 / 5, kept * 6 / 5);
        await phone.Context.SetOfflineAsync(true);
        await phone.GotoAsync($"/courses/{slug}/bai-5");
        await phone.ReadyAsync();
        await phone.Locator("article.lesson img").First.ScrollIntoViewIfNeededAsync();
        await phone.WaitForFunctionAsync("[...document.querySelectorAll('article.lesson img')].every((image) => image.complete && image.naturalWidth === 480)");
        TestContext.Current.SendDiagnosticMessage($"8 lessons with pictures: said {said} kB, kept {kept} kB.");
        await phone.Context.CloseAsync();
    }

    /// <summary>A photograph as cameras make them, with sky, land and grain, and the smaller copies that the page for uploads makes.</summary>
    private async Task<string> AddPhotoAsync(IPage page, int number)
    {
        var photos = await page.EvaluateAsync<string[]>("""
            (number) => {
                const canvas = Object.assign(document.createElement('canvas'), { width: 1000, height: 750 });
                const pen = canvas.getContext('2d');
                const random = () => (number = (number * 16807 + 11) % 2147483647) / 2147483647;
                const sky = pen.createLinearGradient(0, 0, 0, 750);
                sky.addColorStop(0, '#7fb0e0'); sky.addColorStop(.5, '#e8e0c8'); sky.addColorStop(1, '#3a5a2a');
                pen.fillStyle = sky; pen.fillRect(0, 0, 1000, 750);
                for (let i = 0; i < 900; i += 1) {
                    pen.fillStyle = `hsla(${60 + random() * 90}, 40%, ${20 + random() * 50}%, .6)`;
                    pen.beginPath(); pen.ellipse(random() * 1000, 300 + random() * 450, 3 + random() * 25, 3 + random() * 16, random() * 3, 0, 7); pen.fill();
                }
                const pixels = pen.getImageData(0, 0, 1000, 750);
                for (let i = 0; i < pixels.data.length; i += 4) { const grain = (random() - .5) * 24; for (let c = 0; c < 3; c += 1) pixels.data[i + c] += grain; }
                pen.putImageData(pixels, 0, 0);
                const copy = (width) => {
                    const small = Object.assign(document.createElement('canvas'), { width, height: Math.round(width * 3 / 4) });
                    small.getContext('2d').drawImage(canvas, 0, 0, small.width, small.height);
                    return small.toDataURL('image/webp', .8);
                };
                return [canvas.toDataURL('image/jpeg', .9), copy(480), copy(960)].map((url) => url.split(',')[1]);
            }
            """, number + 17);
        return await site.WithAsync(async services =>
        {
            var folder = (await services.GetRequiredService<MediaFolders>().ManagedAsync(CancellationToken.None))[0];
            var streams = photos.Select(photo => (Stream)new MemoryStream(Convert.FromBase64String(photo))).ToList();
            var added = await services.GetRequiredService<MediaLibrary>().AddAsync(folder, streams[0], $"anh-{number}.jpg", $"Nương chè buổi sáng {Guid.NewGuid():N}", streams[1..], CancellationToken.None);
            Assert.True(added.Succeeded, added.Succeeded ? "" : added.Faults[0].Message);
            return added.Value.File.Name;
        });
    }

    private Task<string> BigCourseAsync(List<string> pictures) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var slug = $"tam-bai-{Guid.NewGuid().ToString("N")[..6]}";
        var course = new Course { Slug = slug, TopicCode = "T7", Title = "Tám bài có ảnh", Summary = "Mỗi bài một ảnh.", State = CourseState.Published, QuizRequired = true, DrawCount = 10, MaxAttempts = 5, UpdatedUtc = site.Clock.UtcNow() };
        db.Add(course);
        var files = await services.GetRequiredService<LessonMedia>().FindAsync(pictures.Select(name => $"![x](media/{name})"), CancellationToken.None);
        for (var number = 1; number <= pictures.Count; number++)
        {
            var lesson = new Lesson { CourseId = course.Id, Slug = $"bai-{number}", Position = number, Title = $"Bài số {number}", Summary = "Một bài.", Minutes = 6 };
            var words = string.Concat(Enumerable.Range(1, 24).Select(line => $"\n\n## Phần {line}\n\nKhi có người lạ gọi điện đòi chuyển tiền, bạn hãy gác máy, hít thở và gọi lại cho người thân bằng số đã lưu từ trước ({number}.{line})."));
            services.GetRequiredService<LessonRenderer>().Write(lesson, $"![Nương chè](media/{pictures[number - 1]}){words}", files);
            db.Add(lesson);
        }

        for (var number = 1; number <= 20; number++)
        {
            db.Add(new Question
            {
                CourseId = course.Id, Key = $"T7-Q{number:00}", Type = QuestionType.OneAnswer, Text = $"Câu {number}: có người gọi xưng là cán bộ, đòi mã OTP. Bạn làm gì trước tiên?",
                Options = Question.WriteOptions([new("Gác máy và gọi lại số đã biết.", true), new("Đọc mã cho nhanh xong việc.", false, "Mã OTP không đưa cho ai."), new("Nghe tiếp xem họ nói gì.", false, "Nghe lâu dễ bị cuốn theo.")]),
                Explanation = "Không ai có quyền hỏi mã OTP của bạn.",
            });
        }

        await db.SaveChangesAsync();
        return slug;
    });
}
