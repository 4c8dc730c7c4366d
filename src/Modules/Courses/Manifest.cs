using TrainingSite.Kernel;

[assembly: Module("Courses", Name = "Khóa học", Description = "Chuyên đề, khóa học, bài học, câu hỏi, kết quả hoàn thành.", Dependencies = ["Organization", "Media"])]
