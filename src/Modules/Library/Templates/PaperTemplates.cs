using Microsoft.Extensions.Localization;

namespace TrainingSite.Library.Templates;

/// <summary>One of the papers that a team needs each year.</summary>
/// <param name="Name">In addresses and file names.</param>
/// <param name="Title">For people.</param>
/// <param name="About">When it is used.</param>
/// <param name="Build">Makes the file with its fields.</param>
public sealed record PaperTemplate(string Name, string Title, string About, Func<byte[]> Build);

/// <summary>The papers that helped elsewhere (R57): founding decision, plan, targets, report. The words are ours; each place mends them in Word.</summary>
public static class PaperTemplates
{
    private const string DateLine = "{{ten_don_vi}}, {{ngay_viet}}";
    private const string Issuer = "ỦY BAN NHÂN DÂN {{ten_don_vi_hoa}}";
    private const string Blank = "……………";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PaperTemplate> All(IStringLocalizer<Strings> T) =>
    [
        new("quyet-dinh-thanh-lap", T["Quyết định thành lập Tổ"], T["Khi lập Tổ hoặc kiện toàn danh sách: có danh sách thành viên, nhiệm vụ."], Decision),
        new("ke-hoach-nam", T["Kế hoạch hoạt động năm"], T["Đầu năm: mục tiêu, mỗi quý một chuyên đề, ai làm gì."], Plan),
        new("chi-tieu", T["Bảng chỉ tiêu"], T["Giao chỉ tiêu cho từng Tổ hoặc đơn vị: con số, hạn, cách kiểm tra."], Targets),
        new("bao-cao-dinh-ky", T["Báo cáo định kỳ"], T["Hằng tháng hoặc hằng quý: kết quả, khó khăn, đề xuất."], Report),
    ];

    private static byte[] Decision() => new TemplateBuilder()
        .Head(Issuer, Blank + "/QĐ-UBND", DateLine)
        .Title("QUYẾT ĐỊNH", "Về việc thành lập Tổ công nghệ số cộng đồng {{ten_don_vi}}")
        .Text("Căn cứ chức năng, nhiệm vụ của Ủy ban nhân dân {{ten_don_vi}};", "Căn cứ kế hoạch chuyển đổi số của {{don_vi_cap_tren}};", "Xét đề nghị của công chức phụ trách Văn hóa - Xã hội,")
        .Heading("QUYẾT ĐỊNH:")
        .Text(
            "Điều 1. Thành lập Tổ công nghệ số cộng đồng {{ten_don_vi}} gồm các ông, bà có tên trong danh sách kèm theo.",
            "Điều 2. Tổ có nhiệm vụ: hướng dẫn người dân tại nhà và tại nhà văn hóa cách dùng dịch vụ công trực tuyến, định danh điện tử, thanh toán không dùng tiền mặt, mua bán trực tuyến; nhắc người dân cách phòng lừa đảo trên mạng; ghi lại kết quả và khó khăn, báo cáo Ủy ban nhân dân {{ten_don_vi}} hằng tháng.",
            "Điều 3. Thành viên làm việc kiêm nhiệm, được tập huấn trước mỗi chuyên đề. Tổ trưởng phân công địa bàn cho từng người.",
            "Điều 4. Quyết định có hiệu lực từ ngày ký. Các bộ phận có liên quan và các ông, bà có tên tại Điều 1 thi hành quyết định này.")
        .Signature(["Như Điều 4;", "{{don_vi_cap_tren}};", "Lưu."], "CHỦ TỊCH")
        .Title("DANH SÁCH THÀNH VIÊN", "(Kèm theo quyết định; số liệu đến {{ngay}})")
        .Table([800, 3800, 2150, 2600], ["STT", "Họ và tên", "Vai trò", "Công việc"], ["{{thanh_vien.stt}}", "{{thanh_vien.ho_ten}}", "{{thanh_vien.vai_tro}}", "{{thanh_vien.chuc_vu}}"])
        .Build();

    private static byte[] Plan() => new TemplateBuilder()
        .Head(Issuer, Blank + "/KH-UBND", DateLine)
        .Title("KẾ HOẠCH", "Hoạt động của các Tổ công nghệ số cộng đồng {{ten_don_vi}} năm {{nam}}")
        .Heading("I. TÌNH HÌNH")
        .Text("Đến {{ngay}}, {{ten_don_vi}} có {{so_to}} Tổ với {{so_thanh_vien}} thành viên; còn {{so_thon_chua_co_to}} thôn, bản, tổ dân phố chưa có Tổ.")
        .Heading("II. MỤC TIÊU")
        .Text("1. Mỗi thôn, bản, tổ dân phố có một Tổ hoạt động đều; thành viên nào cũng làm được việc mình hướng dẫn.", "2. Mỗi gia đình có ít nhất một người tự dùng được dịch vụ số thiết yếu: " + Blank + " hộ.", "3. Số người được hướng dẫn trong năm: " + Blank + " người.")
        .Heading("III. CHUYÊN ĐỀ TỪNG QUÝ")
        .Table([1100, 3450, 2400, 2400], ["Quý", "Chuyên đề", "Tập huấn trước ngày", "Kết quả cần đạt"],
            ["1", Blank, Blank, Blank], ["2", Blank, Blank, Blank], ["3", Blank, Blank, Blank], ["4", Blank, Blank, Blank])
        .Heading("IV. PHÂN CÔNG")
        .Table([800, 3750, 2000, 2800], ["STT", "Nơi thực hiện", "Số Tổ", "Số thành viên"], ["{{phan.stt}}", "{{phan.ten}}", "{{phan.so_to}}", "{{phan.so_thanh_vien}}"])
        .Heading("V. NGUỒN LỰC")
        .Text("Kinh phí, địa điểm, thiết bị, đường truyền: " + Blank)
        .Signature(["{{don_vi_cap_tren}};", "Các Tổ;", "Lưu."], "CHỦ TỊCH")
        .Build();

    private static byte[] Targets() => new TemplateBuilder()
        .Head(Issuer, Blank + "/BCT", DateLine)
        .Title("BẢNG CHỈ TIÊU", "Giao cho các Tổ công nghệ số cộng đồng {{ten_don_vi}} năm {{nam}}")
        .Text("Mỗi chỉ tiêu có con số, hạn và cách kiểm tra; việc chung chung không ghi vào đây.")
        .Table([700, 3550, 1300, 1500, 2300], ["STT", "Chỉ tiêu", "Số giao", "Hạn", "Cách kiểm tra"],
            ["1", "Số người được hướng dẫn nộp hồ sơ trực tuyến", Blank, Blank, "Sổ hoạt động có tên, ngày"],
            ["2", "Số hộ có người thành thạo dịch vụ số thiết yếu", Blank, Blank, "Danh sách hộ, hỏi lại 1 trong 10 hộ"],
            ["3", "Số người có tài khoản thanh toán và đã dùng", Blank, Blank, "Người dân cho xem giao dịch đầu tiên"],
            ["4", "Số buổi tuyên truyền phòng lừa đảo trên mạng", Blank, Blank, "Ảnh, danh sách người dự"])
        .Heading("Chia theo nơi thực hiện")
        .Table([700, 3250, 1400, 2000, 2000], ["STT", "Nơi thực hiện", "Số Tổ", "Số thành viên", "Số giao"], ["{{phan.stt}}", "{{phan.ten}}", "{{phan.so_to}}", "{{phan.so_thanh_vien}}", Blank])
        .Signature(["Các Tổ;", "Lưu."], "CHỦ TỊCH")
        .Build();

    private static byte[] Report() => new TemplateBuilder()
        .Head(Issuer, Blank + "/BC-UBND", DateLine)
        .Title("BÁO CÁO", "Hoạt động của các Tổ công nghệ số cộng đồng {{ten_don_vi}} quý {{quy}} năm {{nam}}")
        .Heading("I. TỔ CHỨC")
        .Text("Đến {{ngay}}: {{so_to}} Tổ (cấp xã {{so_to_cap_xa}}, thôn bản {{so_to_thon}}); {{so_thanh_vien}} thành viên, là {{so_nguoi}} người; còn {{so_thon_chua_co_to}} trong {{so_thon}} thôn, bản chưa có Tổ.")
        .Table([800, 3750, 2000, 2800], ["STT", "Nơi", "Số Tổ", "Số thành viên"], ["{{phan.stt}}", "{{phan.ten}}", "{{phan.so_to}}", "{{phan.so_thanh_vien}}"])
        .Heading("II. KẾT QUẢ SO VỚI CHỈ TIÊU")
        .Table([3950, 1800, 1800, 1800], ["Chỉ tiêu", "Được giao", "Đã làm", "Đạt (%)"], [Blank, Blank, Blank, Blank], [Blank, Blank, Blank, Blank])
        .Heading("III. KHÓ KHĂN, NGUYÊN NHÂN")
        .Text(Blank)
        .Heading("IV. CÁCH LÀM HAY, ĐỀ XUẤT")
        .Text(Blank)
        .Signature(["{{don_vi_cap_tren}};", "Lưu."], "CHỦ TỊCH")
        .Build();
}
