using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>The words for answers, with the theme's tone and icon.</summary>
public static class AnswerWords
{
    extension(IStringLocalizer<Strings> T)
    {
        public Badge AnswerBadge(InvitationResponse response) => response switch
        {
            InvitationResponse.None => new("", "question", T["Chưa trả lời"]),
            InvitationResponse.Confirmed => new("state-good", "good", T["Sẽ đến"]),
            InvitationResponse.Declined => new("", "excused", T["Báo vắng"]),
            InvitationResponse.Waiting => new("state-warning", "wait", T["Chờ chỗ"]),
        };

        /// <summary>Usual reasons for not coming, to choose from.</summary>
        public IReadOnlyList<string> UsualReasons() =>
            [T["Ốm đau"], T["Bận việc gia đình"], T["Bận công việc"], T["Đi xa, không có mặt ở địa phương"], T["Không có phương tiện đi lại"]];
    }
}
