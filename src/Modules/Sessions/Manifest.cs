using TrainingSite.Kernel;

[assembly: Module("Sessions", Name = "Tập huấn", Description = "Buổi tập huấn nhiều điểm cầu, thư mời, điểm danh.", Dependencies = ["Courses"])]
