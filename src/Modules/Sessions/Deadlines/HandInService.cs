using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>Gives a point a time of its own for handing in its sheet.</summary>
public sealed class HandInService(SiteDbContext db, SessionAccess access, SessionDeadlines deadlines, IStringLocalizer<Strings> T)
{
    /// <summary>Sets the hours after the session's end; null gives the session's own time back.</summary>
    public async Task<Result<SessionPoint>> SetHoursAsync(string code, string pointCode, int? hours, CancellationToken cancellationToken)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        if (hours is < 1 or > SessionDeadlines.MostHandInHours)
        {
            return new Fault("hand_in_invalid", T["Số giờ chốt danh sách phải từ 1 đến {0}, hoặc để trống để không đặt hạn.", SessionDeadlines.MostHandInHours.ToVietnamese()], "Hours");
        }

        var point = await db.SessionPoints.AsTracking().SingleOrDefaultAsync(point => point.SessionId == found.Value.Id && point.Code == pointCode, cancellationToken);
        if (point is null)
        {
            return new Fault("point_unknown", T["Buổi {0} không có điểm cầu {1}.", code, pointCode], Kind: FaultKind.NotFound);
        }

        point.HandInHours = hours;
        deadlines.Plan(point, found.Value);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return point;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Fault("changed_meanwhile", T["Trong lúc bạn nhập, người khác đã cập nhật {0}. Hãy mở lại trang để xem bản mới.", point.Name], Kind: FaultKind.Conflict);
        }
    }
}
