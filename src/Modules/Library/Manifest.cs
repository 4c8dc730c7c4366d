using TrainingSite.Kernel;

[assembly: Module("Library", Name = "Thư viện", Description = "Văn bản và tài liệu tập huấn.", Dependencies = ["Organization"])]
