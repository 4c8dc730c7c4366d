namespace TrainingSite.Sessions;

/// <summary>What people may do with training sessions.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Prepare, publish, open, close, cancel sessions of a unit.</summary>
    public static readonly Permission ManageSessions = new(nameof(ManageSessions), "Lên lịch, phát hành, mở, đóng, hủy buổi tập huấn", Roles.Organizer, Roles.DistrictOfficer);

    /// <summary>Take attendance and report the state of the points of a unit.</summary>
    public static readonly Permission TakeAttendance = new(nameof(TakeAttendance), "Điểm danh và báo tình trạng điểm cầu", Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator);

    /// <summary>See sessions, points and attendance of a unit.</summary>
    public static readonly Permission ViewSessions = new(nameof(ViewSessions), "Xem buổi tập huấn, điểm cầu và kết quả điểm danh", Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader, Roles.Police, Roles.Partner, Roles.MassOrganization);

    /// <summary>See whom no message reaches in one's teams, with phone numbers, and write down who was called (R51).</summary>
    public static readonly Permission CallMembers = new(nameof(CallMembers), "Gọi báo người không nhận được tin", Roles.Organizer, Roles.DistrictOfficer, Roles.Coordinator, Roles.TeamLeader);

    /// <inheritdoc />
    public IEnumerable<Permission> GetPermissions() => [ManageSessions, TakeAttendance, ViewSessions, CallMembers];
}
