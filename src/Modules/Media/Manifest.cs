using TrainingSite.Kernel;

[assembly: Module("Media", Name = "Kho hình, tiếng, phim", Description = "Hình ảnh, tiếng, phim, phụ đề và tệp đính kèm cho bài học.")]
