using TrainingSite.Kernel;

[assembly: Module("Search", Name = "Tìm kiếm", Description = "Tìm tiếng Việt có dấu và không dấu trong mọi nội dung.")]
