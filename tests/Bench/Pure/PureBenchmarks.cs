using BenchmarkDotNet.Attributes;
using TrainingSite.Kernel;
using TrainingSite.Search.Text;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Bench.Pure;

/// <summary>The pure code that runs for every check-in, every search and every name.</summary>
[MemoryDiagnoser]
public class PureBenchmarks
{
    private const string Name = "Lường Thị Phương Uyên";
    private const string Passage = "Dịch vụ công trực tuyến toàn trình là dịch vụ mà mọi giao dịch giữa người dân và cơ quan nhà nước được làm qua mạng, kể cả việc nộp hồ sơ, trả phí và nhận kết quả.";

    private static readonly SessionBlock[] Blocks =
    [
        new() { Number = 1, StartUtc = At(8, 0), EndUtc = At(11, 0) },
        new() { Number = 2, StartUtc = At(14, 0), EndUtc = At(16, 0) },
    ];

    private static readonly AttendanceEvent[] Events =
    [
        Event(AttendanceKind.In, At(8, 5)), Event(AttendanceKind.Out, At(9, 30)), Event(AttendanceKind.In, At(9, 45)),
        Event(AttendanceKind.Late, At(14, 20)), Event(AttendanceKind.LeftEarly, At(15, 30)),
    ];

    [Benchmark]
    public AttendanceOutcome? FoldFiveEvents() => AttendanceFold.Fold(Events, Blocks);

    [Benchmark]
    public string FoldName() => VietnameseText.Fold(Name);

    [Benchmark]
    public string CleanName() => VietnameseText.Clean(Name);

    [Benchmark]
    public int ReadPassage() => SyllableReader.Read(Passage).Count;

    private static DateTime At(int hour, int minute) => new(2026, 11, 22, hour, minute, 0, DateTimeKind.Utc);

    private static AttendanceEvent Event(AttendanceKind kind, DateTime at) => new() { Id = Guid.CreateVersion7(), Kind = kind, AtUtc = at, ReceivedUtc = at };
}
