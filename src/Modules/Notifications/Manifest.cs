using TrainingSite.Kernel;

[assembly: Module("Notifications", Name = "Thông báo", Description = "Nhắc việc và thông báo: trong ứng dụng, e-mail, văn bản cho Zalo.")]
