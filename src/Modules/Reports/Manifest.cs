using TrainingSite.Kernel;

[assembly: Module("Reports", Name = "Báo cáo", Description = "Báo cáo có bảng, biểu đồ và tệp xuất.")]
