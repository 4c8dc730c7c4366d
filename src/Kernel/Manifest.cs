using TrainingSite.Kernel;

[assembly: Module("Kernel", Name = "Nền tảng", Description = "Mô-đun, dữ liệu, quyền, điều hướng, tác vụ nền.")]
