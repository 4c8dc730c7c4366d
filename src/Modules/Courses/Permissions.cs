namespace TrainingSite.Courses;

/// <summary>The module's permissions.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Write courses.</summary>
    public static readonly Permission ManageCourses = new(nameof(ManageCourses), "Soạn khóa học, bài học và câu hỏi", Roles.Organizer, Roles.Partner);

    /// <summary>Look at what another wrote, and let it go to the readers.</summary>
    public static readonly Permission ApproveCourses = new(nameof(ApproveCourses), "Duyệt khóa học do người khác soạn", Roles.Organizer);

    /// <summary>See how far people are.</summary>
    public static readonly Permission ViewLearning = new(nameof(ViewLearning), "Xem kết quả học tập của thành viên trong phạm vi", Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader);

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ManageCourses, ApproveCourses, ViewLearning];
}
