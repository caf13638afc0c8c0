internal import DocketCore

extension TransportError {
    /// Traditional Chinese and English.
    var words: (String, String) {
        switch self {
        case .malformedAddress, .malformedRule, .malformedHeader, .unreadableFile: settingWords
        case .addressRefused, .unresolved, .connectionRefused, .unreachable, .timedOut, .insecure, .proxyFailed:
            connectionWords
        default: answerWords
        }
    }

    private var settingWords: (String, String) {
        switch self {
        case .malformedAddress:
            (
                "端點的網址無法使用；請寫 http:// 或 https:// 開頭的網址，且不含帳號密碼。",
                "The endpoint's address cannot be used; begin it with http:// or https://, without a password."
            )
        case .malformedRule(let entry):
            (
                "允許清單中的「\(entry)」不是主機、位址或 CIDR 區段；請更正設定檔的 allow。",
                "\"\(entry)\" in the allow-list is no host, address or CIDR block; correct allow in the profile."
            )
        case .malformedHeader:
            (
                "金鑰或標頭含有換行等不可用的字元；請檢查金鑰檔是否只有一行。",
                "The key or a header holds a line break or the like; see that the key file has one line only."
            )
        case .unreadableFile(let role):
            (
                "無法讀取設定檔所指的\(role.zhHant)；請檢查路徑與權限。",
                "The \(role.en) that the profile names cannot be read; check the path and your rights."
            )
        default: ("", "")
        }
    }

    private var connectionWords: (String, String) {
        switch self {
        case .addressRefused(let origin):
            (
                "\(origin) 不是本機位址，也不在允許清單中，未傳送任何內容；確定可用時，請將其列入設定檔的 allow。",
                "\(origin) is neither this machine nor on the allow-list, and nothing was sent;"
                    + " if it may be used, name it under allow in the profile."
            )
        case .unresolved(let origin):
            (
                "找不到 \(origin) 的主機；請檢查設定檔的 baseURL 與名稱伺服器。",
                "The host of \(origin) is not known; check baseURL in the profile, and the name server."
            )
        case .connectionRefused(let origin):
            (
                "\(origin) 沒有程式在接聽；請啟動模型伺服器，或檢查連接埠。",
                "Nothing listens at \(origin); start the model server, or check the port."
            )
        case .unreachable(let origin):
            (
                "無法連線至 \(origin)；請檢查網路、防火牆與 socket 路徑。",
                "\(origin) cannot be reached; check the network, the firewall and the path of the socket."
            )
        case .timedOut(let origin, let phase, let after): Self.timeWords(origin, phase, after)
        case .insecure(let origin, let problem):
            (
                "無法與 \(origin) 建立安全連線（\(problem.words.zhHant)）；請檢查設定檔的 tls。",
                "No secure connection to \(origin) (\(problem.words.en)); check tls in the profile."
            )
        case .proxyFailed(let origin):
            (
                "代理伺服器未能連線至 \(origin)；請檢查設定檔的 proxy。",
                "The proxy gave no way to \(origin); check proxy in the profile."
            )
        default: ("", "")
        }
    }

    private var answerWords: (String, String) {
        switch self {
        case .cut(let origin, let bytes):
            (
                "與 \(origin) 的連線在回覆中途斷開（已收 \(bytes) 位元組）；請再試，並查看伺服器的紀錄。",
                "The connection to \(origin) broke within the answer (after \(bytes) bytes); try again, and look at the"
                    + " server's log."
            )
        case .bodyTooLarge(let origin, let limit):
            (
                "\(origin) 的回覆超過 \(limit) 位元組；請檢查伺服器，或調高設定檔的 answerBytes。",
                "The answer of \(origin) is over \(limit) bytes; check the server, or raise answerBytes in the profile."
            )
        case .headTooLarge(let origin, let limit):
            (
                "\(origin) 的回覆標頭超過 \(limit) 位元組；請檢查網址是否為模型伺服器。",
                "The headers of \(origin) are over \(limit) bytes; check that the address is a model server's."
            )
        case .redirectRefused(let origin, let problem):
            (
                "\(origin) 將請求轉往別處（\(problem.words.zhHant)），未予跟隨；請在設定檔的 baseURL 直接寫最終網址。",
                "\(origin) points elsewhere (\(problem.words.en)), which is not followed;"
                    + " write the final address as baseURL in the profile."
            )
        case .encodingRefused(let origin):
            (
                "\(origin) 傳回未要求的壓縮內容；請關閉伺服器或代理伺服器的壓縮。",
                "\(origin) packs its answers without being asked; turn compression off in the server or its proxy."
            )
        case .notHTTP(let origin):
            (
                "\(origin) 的回應不是 HTTP；請檢查網址、連接埠及是否應用 https。",
                "What answers at \(origin) is not HTTP; check the address, the port, and whether it should be https."
            )
        case .closed:
            ("連線已關閉；請重新執行。", "The connections were closed; run the command again.")
        case .other(let origin, let code):
            (
                "與 \(origin) 的通訊失敗（libcurl \(code)）；請檢查網路與伺服器後再試。",
                "The exchange with \(origin) failed (libcurl \(code)); check network and server, then try again."
            )
        default: ("", "")
        }
    }

    private static func timeWords(_ origin: String, _ phase: Phase, _ after: Duration) -> (String, String) {
        let (whole, parts) = after.components
        let tenths = parts / 100_000_000_000_000_000
        let seconds = tenths == 0 ? "\(whole)" : "\(whole).\(tenths)"
        return switch phase {
        case .connect:
            (
                "\(origin) 在 \(seconds) 秒內未建立連線；請檢查網路，或調高 connectSeconds。",
                "\(origin) gave no connection within \(seconds) s; check the network, or raise connectSeconds."
            )
        case .firstByte:
            (
                "\(origin) 在 \(seconds) 秒內沒有任何回覆；伺服器可能忙碌，請減少 slots 或調高 firstByteSeconds。",
                "\(origin) began no answer within \(seconds) s; it may be busy: lower slots, or raise firstByteSeconds."
            )
        case .idle:
            (
                "\(origin) 的回覆停頓超過 \(seconds) 秒；請查看伺服器，或調高 idleSeconds。",
                "The answer of \(origin) stood still for \(seconds) s; look at the server, or raise idleSeconds."
            )
        case .total:
            (
                "\(origin) 的回覆在 \(seconds) 秒內未完成；請查看伺服器，或調高 totalSeconds。",
                "The answer of \(origin) was not done within \(seconds) s; look at the server, or raise totalSeconds."
            )
        }
    }
}

extension TransportError.FileRole {
    fileprivate var zhHant: String {
        switch self {
        case .authorities: "憑證機構檔"
        case .certificate: "用戶端憑證檔"
        case .certificateKey: "憑證金鑰檔"
        case .secret: "金鑰"
        }
    }

    fileprivate var en: String {
        switch self {
        case .authorities: "file of authorities"
        case .certificate: "client certificate"
        case .certificateKey: "key of the certificate"
        case .secret: "key"
        }
    }
}

extension TransportError.SecurityProblem {
    fileprivate var words: LocalizedText {
        switch self {
        case .untrusted: LocalizedText(zhHant: "憑證不受信任", en: "its certificate is not trusted")
        case .clientCertificate: LocalizedText(zhHant: "用戶端憑證無法使用", en: "the client certificate cannot be used")
        case .handshake: LocalizedText(zhHant: "協商失敗", en: "the handshake failed")
        }
    }
}

extension TransportError.RedirectProblem {
    fileprivate var words: LocalizedText {
        switch self {
        case .otherServer: LocalizedText(zhHant: "另一部伺服器", en: "to another server")
        case .tooMany: LocalizedText(zhHant: "轉址過多", en: "too many times")
        case .otherMethod: LocalizedText(zhHant: "改用別的方法", en: "by another method")
        }
    }
}
