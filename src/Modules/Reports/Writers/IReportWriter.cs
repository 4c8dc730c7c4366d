using TrainingSite.Reports.Services;

namespace TrainingSite.Reports.Writers;

/// <summary>A kind of file that any report can be had as.</summary>
public interface IReportWriter
{
    /// <summary>As the <c>format</c> parameter names it; also the file's extension.</summary>
    string Format { get; }

    /// <summary>The format's name for people.</summary>
    string Title { get; }

    /// <summary>Media type of the file.</summary>
    string ContentType { get; }

    /// <summary>Why this site cannot write it; null when it can.</summary>
    Fault? Unavailable => null;

    /// <summary>Writes the file.</summary>
    /// <param name="answer">What to write.</param>
    /// <param name="output">Need not seek.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task WriteAsync(ReportAnswer answer, Stream output, CancellationToken cancellationToken);
}
