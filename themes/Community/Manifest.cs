using TrainingSite.Kernel;

[assembly: Theme("Community", Name = "Cộng đồng")]
