using System.IO.Compression;
using System.Text;

namespace TrainingSite.SiteTests.Courses.Scorm;

/// <summary>Small SCORM packages of our own, made where they are needed.</summary>
internal static class SamplePackages
{
    /// <summary>A 1.2 package with one part: two pages in one, a place, a score, completed at the end. Looks for its interface from its own window upward.</summary>
    public static byte[] Scorm12(string title = "Gọi điện an toàn") => Zip(
        ("imsmanifest.xml", Manifest12(title, ("Phần một", "bai/mo đầu.html", true))),
        ("bai/mo đầu.html".Normalize(NormalizationForm.FormD), Page("../bai.js", "../bai.css")),
        ("bai.css", "body { font: 18px sans-serif; margin: 16px; } button { font: inherit; padding: 12px; }"),
        ("bai.js", Script("""
            function find(w) { while (!w.API && w.parent && w.parent !== w) w = w.parent; return w.API; }
            const api = find(window);
            const start = () => { api.LMSInitialize(''); if (api.LMSGetValue('cmi.core.lesson_status') === 'not attempted') api.LMSSetValue('cmi.core.lesson_status', 'incomplete'); return { place: api.LMSGetValue('cmi.core.lesson_location'), memory: api.LMSGetValue('cmi.suspend_data'), status: api.LMSGetValue('cmi.core.lesson_status'), name: api.LMSGetValue('cmi.core.student_name') }; };
            const turn = () => { api.LMSSetValue('cmi.core.lesson_location', 'trang-2'); api.LMSSetValue('cmi.suspend_data', 'nhớ: đã xem trang 1'); api.LMSSetValue('cmi.core.exit', 'suspend'); api.LMSCommit(''); };
            const finish = () => { api.LMSSetValue('cmi.core.score.raw', '80'); api.LMSSetValue('cmi.core.score.min', '0'); api.LMSSetValue('cmi.core.score.max', '100'); api.LMSSetValue('cmi.core.lesson_status', 'completed'); api.LMSSetValue('cmi.core.session_time', '0000:01:30'); api.LMSFinish(''); };
            """)));

    /// <summary>A 2004 package with one part that is passed at the end. Looks for its interface above its own window first, as the old samples do.</summary>
    public static byte[] Scorm2004(string title = "Chữ ký số") => Zip(
        ("imsmanifest.xml", Manifest2004(title, ("Phần một", "index.html"))),
        ("index.html", Page("bai.js", "bai.css")),
        ("bai.css", "body { font: 18px sans-serif; margin: 16px; } button { font: inherit; padding: 12px; }"),
        ("bai.js", Script("""
            function find(w) { let tries = 0; while (!w.API_1484_11 && w.parent && w.parent !== w && tries++ < 10) w = w.parent; return w.API_1484_11; }
            const api = window.parent && window.parent !== window ? find(window.parent) : null;
            const start = () => { api.Initialize(''); if (api.GetValue('cmi.completion_status') !== 'completed') api.SetValue('cmi.completion_status', 'incomplete'); return { place: api.GetValue('cmi.location'), memory: api.GetValue('cmi.suspend_data'), status: api.GetValue('cmi.completion_status'), name: api.GetValue('cmi.learner_name') }; };
            const turn = () => { api.SetValue('cmi.location', 'trang-2'); api.SetValue('cmi.suspend_data', 'nhớ: đã xem trang 1'); api.SetValue('cmi.exit', 'suspend'); api.Commit(''); };
            const finish = () => { api.SetValue('cmi.score.scaled', '0.9'); api.SetValue('cmi.success_status', 'passed'); api.SetValue('cmi.completion_status', 'completed'); api.SetValue('cmi.session_time', 'PT1M30S'); api.Terminate(''); };
            """)));

    /// <summary>A 1.2 package whose page is what a test wants it to be.</summary>
    public static byte[] WithPage(string html) => Zip(("imsmanifest.xml", Manifest12("Gói thử", ("Một", "index.html", true))), ("index.html", html));

    /// <summary>A 1.2 package that goes from page to page in its own window: the first begins and the second ends what it began.</summary>
    public static byte[] WithPages() => Zip(
        ("imsmanifest.xml", Manifest12("Hai trang", ("Một", "mot.html", true))),
        ("mot.html", "<!DOCTYPE html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Một</title><h1>Một</h1><a href=\"hai.html\">Sang trang hai</a><script>API.LMSInitialize(''); API.LMSSetValue('cmi.suspend_data', 'từ trang một'); API.LMSSetValue('cmi.core.lesson_status', 'incomplete');</script>"),
        ("hai.html", "<!DOCTYPE html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Hai</title><h1>Hai</h1><p id=\"memory\"></p><script>document.getElementById('memory').textContent = API.LMSGetValue('cmi.suspend_data'); API.LMSSetValue('cmi.core.lesson_status', 'completed'); API.LMSFinish('');</script>"));

    /// <summary>A 1.2 package that says nothing of itself before it is left.</summary>
    public static byte[] WithLastWord() => WithPage("<!DOCTYPE html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Nói sau</title><h1>Nói sau</h1><p id=\"status\"></p><script>API.LMSInitialize(''); document.getElementById('status').textContent = 'begun'; addEventListener('pagehide', () => { API.LMSSetValue('cmi.core.lesson_status', 'completed'); API.LMSFinish(''); });</script>");

    /// <summary>A 1.2 package whose first page holds the rest in a frame of its own, as the best known samples do: the pages call each other, keep something together and open a window.</summary>
    public static byte[] WithFrames() => Zip(
        ("imsmanifest.xml", Manifest12("Trong khung", ("Một", "khung.html", true))),
        ("khung.html", """
            <!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Khung</title><p id="said"></p><iframe id="inside" title="Trang" src="trang.html" width="300" height="200"></iframe>
            <script>
            function find(w) { while (!w.API && w.parent && w.parent !== w) w = w.parent; return w.API; }
            const api = find(window);
            api.LMSInitialize('');
            api.LMSSetValue('cmi.core.lesson_status', 'incomplete');
            localStorage.setItem('bước', '1');
            function record(score) { api.LMSSetValue('cmi.core.score.raw', score); api.LMSSetValue('cmi.core.lesson_status', 'passed'); api.LMSFinish(''); document.getElementById('said').textContent = 'recorded ' + score; }
            </script>
            """),
        ("trang.html", """
            <!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Trang</title><p id="found"></p><button id="more">Mở cửa sổ</button>
            <script>
            let status;
            try { status = parent.API.LMSGetValue('cmi.core.lesson_status'); } catch (error) { status = error.name; }
            document.getElementById('found').textContent = status + ' ' + localStorage.getItem('bước');
            document.getElementById('more').addEventListener('click', () => window.open('them.html'));
            </script>
            """),
        ("them.html", """
            <!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Thêm</title><button id="done">Xong</button>
            <script>document.getElementById('done').addEventListener('click', () => { opener.parent.record('90'); window.close(); });</script>
            """));

    /// <summary>A 2004 package with two parts, each of which leads on and back by itself.</summary>
    public static byte[] WithMoves() => Zip(
        ("imsmanifest.xml", Manifest2004("Tự chuyển", ("Một", "bai.html"), ("Hai", "bai.html?hai"))),
        ("bai.html", """
            <!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Bài</title><p id="valid"></p>
            <button id="continue">Tiếp</button><button id="previous">Lùi</button><button id="choose">Sang I1</button><button id="suspendAll">Để sau</button><button id="exitAll">Thoát</button>
            <script>
            const api = API_1484_11;
            api.Initialize('');
            const may = (name) => api.GetValue('adl.nav.request_valid.' + name);
            document.getElementById('valid').textContent = [may('continue'), may('previous'), may('choice.{target=I1}'), may('choice.{target=I9}')].join(' ');
            const go = (request) => { api.SetValue('cmi.completion_status', 'completed'); api.SetValue('adl.nav.request', request); api.Terminate(''); };
            for (const button of document.querySelectorAll('button')) button.addEventListener('click', () => go(button.id === 'choose' ? '{target=I1}choice' : button.id));
            </script>
            """));

    /// <summary>A 1.2 package with a heading, two parts that speak and one that does not.</summary>
    public static byte[] WithParts() => Zip(
        ("imsmanifest.xml", """
            <manifest identifier="M" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
              <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
              <organizations default="B">
                <organization identifier="A"><title>Không phải cái này</title><item identifier="X" identifierref="R1"><title>Sai</title></item></organization>
                <organization identifier="B"><title>Ba phần</title>
                  <item identifier="H"><title>Chương một</title>
                    <item identifier="I1" identifierref="R1" parameters="?trang=1"><title>Nghe</title><adlcp:masteryscore>70</adlcp:masteryscore><adlcp:datafromlms>chế độ=ngắn</adlcp:datafromlms></item>
                    <item identifier="I2" identifierref="R2"><title>Làm</title></item>
                  </item>
                  <item identifier="I3" identifierref="R3"><title>Đọc thêm</title></item>
                </organization>
              </organizations>
              <resources xml:base="noi-dung/">
                <resource identifier="R1" type="webcontent" adlcp:scormtype="sco" href="nghe.html"/>
                <resource identifier="R2" type="webcontent" adlcp:scormtype="sco" href="./lam.html"/>
                <resource identifier="R3" type="webcontent" adlcp:scormtype="asset" href="doc.html"/>
              </resources>
            </manifest>
            """),
        ("noi-dung/nghe.html", "<!DOCTYPE html><title>Nghe</title>"),
        ("noi-dung/lam.html", "<title>Làm</title>"),
        ("noi-dung/doc.html", "<title>Đọc</title>"));

    public static string Manifest12(string title, params (string Title, string Href, bool IsSco)[] parts) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <manifest identifier="M" version="1.1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
          <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
          <organizations default="O"><organization identifier="O"><title>{title}</title>{string.Concat(parts.Select((part, index) => $"<item identifier=\"I{index}\" identifierref=\"R{index}\"><title>{part.Title}</title></item>"))}</organization></organizations>
          <resources>{string.Concat(parts.Select((part, index) => $"<resource identifier=\"R{index}\" type=\"webcontent\" adlcp:scormtype=\"{(part.IsSco ? "sco" : "asset")}\" href=\"{part.Href}\"/>"))}</resources>
        </manifest>
        """;

    public static string Manifest2004(string title, params (string Title, string Href)[] parts) => $"""
        <manifest identifier="M" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
          <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
          <organizations default="O"><organization identifier="O"><title>{title}</title>{string.Concat(parts.Select((part, index) => $"<item identifier=\"I{index}\" identifierref=\"R{index}\"><title>{part.Title}</title><imsss:sequencing><imsss:objectives><imsss:primaryObjective satisfiedByMeasure=\"true\"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>"))}</organization></organizations>
          <resources>{string.Concat(parts.Select((part, index) => $"<resource identifier=\"R{index}\" type=\"webcontent\" adlcp:scormType=\"sco\" href=\"{part.Href}\"/>"))}</resources>
        </manifest>
        """;

    public static byte[] Zip(params (string Name, string Text)[] entries) => Zip([.. entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Text.TrimStart())))]);

    public static byte[] Zip((string Name, byte[] Bytes)[] entries, Action<ZipArchiveEntry>? change = null)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                var entry = archive.CreateEntry(name);
                change?.Invoke(entry);
                using var content = entry.Open();
                content.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static string Page(string script, string style) => $"""
        <!DOCTYPE html>
        <html lang="vi"><head><meta charset="utf-8"><title>Bài</title><link rel="stylesheet" href="{style}"></head>
        <body><h1 id="name"></h1><p id="place"></p><p id="memory"></p><p id="status"></p>
        <p><button id="turn">Sang trang hai</button> <button id="finish">Hoàn thành</button></p>
        <script src="{script}"></script></body></html>
        """;

    private static string Script(string speaks) => speaks + """

        const show = (state) => { for (const [id, words] of Object.entries(state)) document.getElementById(id).textContent = words; };
        show(start());
        document.getElementById('turn').onclick = () => { turn(); show({ place: 'trang-2' }); };
        document.getElementById('finish').onclick = () => { finish(); show({ status: 'completed' }); };
        """;
}
