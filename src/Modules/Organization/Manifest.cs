using TrainingSite.Kernel;

[assembly: Module("Organization", Name = "Tổ chức", Description = "Đơn vị hành chính, Tổ công nghệ số cộng đồng, thành viên, nhập danh sách.", Dependencies = ["Accounts"])]
