using TrainingSite.Kernel;

[assembly: Module("Accounts", Name = "Tài khoản", Description = "Đăng nhập, mã kích hoạt, quyền theo vai trò và đơn vị, mã truy cập API.")]
