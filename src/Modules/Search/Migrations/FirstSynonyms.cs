namespace TrainingSite.Search.Migrations;

/// <summary>What a new site knows from the start; staff edit the list on the page /search/synonyms.</summary>
internal static class FirstSynonyms
{
    public static readonly IReadOnlyList<string[]> All =
    [
        ["căn cước", "căn cước công dân", "CCCD", "chứng minh nhân dân", "chứng minh thư", "CMND"],
        ["ví điện tử", "ví momo", "ví zalopay", "ví viettel money"],
        ["ngân hàng trên điện thoại", "app ngân hàng", "mobile banking", "ngân hàng số"],
        ["mã QR", "mã vuông", "QR code"],
        ["chuyển khoản", "chuyển tiền qua mạng"],
        ["bán hàng trực tuyến", "bán hàng qua mạng", "bán hàng online"],
        ["mua hàng trực tuyến", "mua hàng qua mạng", "mua hàng online"],
        ["học trực tuyến", "học qua mạng", "học online", "MOOC"],
        ["mật khẩu", "mật mã", "password"],
        ["mã OTP", "mã xác thực", "mã xác nhận"],
        ["điện thoại thông minh", "smartphone"],
        ["cài đặt ứng dụng", "cài app", "tải app"],
        ["giấy khai sinh", "khai sinh"],
        ["đăng ký kết hôn", "giấy kết hôn"],
        ["bằng lái xe", "giấy phép lái xe"],
    ];
}
