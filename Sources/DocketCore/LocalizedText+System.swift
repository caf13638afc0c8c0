import Foundation

extension LocalizedText {
    /// What the operating system says of the error `number`; numbers that are rare in Chinese are given as such.
    public static func system(_ number: Int32) -> LocalizedText {
        LocalizedText(
            zhHant: systemWords[number] ?? "系統錯誤 \(number)", en: String(cString: strerror(number)))
    }

    private static let systemWords: [Int32: String] = [
        ENOENT: "沒有這個檔案或資料夾", EACCES: "權限不足", EPERM: "不允許這個動作", EISDIR: "是資料夾", ENOTDIR: "不是資料夾",
        EEXIST: "已存在", ENOSPC: "磁碟空間不足", EDQUOT: "超過配額", EFBIG: "檔案過大", EROFS: "檔案系統唯讀", EIO: "讀寫錯誤",
        EBUSY: "使用中", EMFILE: "開啟的檔案過多", ENFILE: "系統開啟的檔案過多", ENOMEM: "記憶體不足", ENAMETOOLONG: "名稱過長",
        ELOOP: "連結層數過多", EINVAL: "引數無效", ETIMEDOUT: "逾時",
    ]
}
