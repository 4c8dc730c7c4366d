using TrainingSite.Kernel;

[assembly: Module("Jobs", Name = "Tác vụ nền", Description = "Trang xem và chạy các tác vụ nền của mọi mô-đun.")]
