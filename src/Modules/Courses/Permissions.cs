namespace TrainingSite.Courses;

/// <summary>The module's permissions.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Write courses.</summary>
    public static readonly Permission ManageCourses = new(nameof(ManageCourses), "Soạn khóa học, bài học và câu hỏi", Roles.Organizer, Roles.Partner) { IsForProvince = true };

    /// <summary>Look at what another wrote, and let it go to the readers.</summary>
    public static readonly Permission ApproveCourses = new(nameof(ApproveCourses), "Duyệt khóa học do người khác soạn", Roles.Organizer) { IsForProvince = true };

    /// <summary>See how far people are.</summary>
    public static readonly Permission ViewLearning = new(nameof(ViewLearning), "Xem kết quả học tập của thành viên trong phạm vi", Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader);

    /// <summary>Confirm skills and write down results on paper; a leader those of their team.</summary>
    public static readonly Permission ConfirmLearning = new(nameof(ConfirmLearning), "Xác nhận kỹ năng, ghi kết quả trên giấy của thành viên trong phạm vi", Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader);

    /// <summary>Accept or refuse courses completed elsewhere.</summary>
    public static readonly Permission DecideExternal = new(nameof(DecideExternal), "Công nhận khóa học ngoài của thành viên trong phạm vi", Roles.Organizer);

    /// <summary>Words, signer and colours of certificates.</summary>
    public static readonly Permission DesignCertificates = new(nameof(DesignCertificates), "Sửa mẫu giấy chứng nhận", Roles.Organizer);

    /// <summary>Recommend apps to those in one's units, and look at them again.</summary>
    public static readonly Permission ManageApps = new(nameof(ManageApps), "Giới thiệu và xem lại ứng dụng nên dùng trong phạm vi", Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator);

    /// <summary>Names, order and places of topics.</summary>
    public static readonly Permission ManageTopics = new(nameof(ManageTopics), "Sửa tên, thứ tự, đối tượng và nơi dùng của chuyên đề", Roles.Organizer) { IsForProvince = true };

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ManageCourses, ApproveCourses, ViewLearning, ConfirmLearning, DecideExternal, DesignCertificates, ManageApps, ManageTopics];
}
