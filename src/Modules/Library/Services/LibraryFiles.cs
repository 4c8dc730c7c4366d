using Microsoft.Extensions.Configuration;

namespace TrainingSite.Library.Services;

/// <summary>The library's files on the disk.</summary>
public sealed class LibraryFiles(SitePaths paths, IConfiguration configuration) : FileStore(paths, configuration, "library");
