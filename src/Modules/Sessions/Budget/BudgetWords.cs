using Microsoft.Extensions.Localization;
using TrainingSite.Reports.Models;
using TrainingSite.Reports.Services;

namespace TrainingSite.Sessions.Budget;

/// <summary>The words for money and its kinds.</summary>
public static class BudgetWords
{
    extension(IStringLocalizer<Strings> T)
    {
        public string KindName(BudgetKind kind) => kind switch
        {
            BudgetKind.Venue => T["Hội trường, điện"],
            BudgetKind.Catering => T["Nước uống, ăn"],
            BudgetKind.Travel => T["Đi lại"],
            BudgetKind.Training => T["Thù lao giảng viên"],
            BudgetKind.Printing => T["In ấn, văn phòng phẩm"],
            BudgetKind.Equipment => T["Thuê, sửa thiết bị, đường truyền"],
            BudgetKind.Other => T["Khoản khác"],
        };

        /// <summary>"2.990.000 đồng".</summary>
        public string Money(long amount) => T["{0} đồng", ReportText.ForPeople(amount, ReportColumnKind.Number)];
    }
}
