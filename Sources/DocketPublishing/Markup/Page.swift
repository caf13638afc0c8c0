import DocketCore
import Foundation

/// A page of HTML that stands alone and passes WCAG 2.1 AA: language, skip link, one main part, headings in order, tables
/// with captions and scopes, contrast of at least 7 to 1, no meaning by colour alone, readable at 320 pixels and in print.
struct Page {
    let title: String
    let language: String
    let skip: String
    var body: [String] = []

    /// The style sheet; the page's content security policy allows it by its hash and nothing else.
    private static let style = """
        :root{color-scheme:light}
        body{font-family:"Noto Sans TC","Noto Sans CJK TC","Microsoft JhengHei",sans-serif;line-height:1.7;color:#1a1a1a;\
        background:#fff;max-width:48rem;margin:0 auto;padding:1rem}
        h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1.1rem}
        a{color:#003d99}a:focus,:target{outline:3px solid #003d99;outline-offset:2px}
        .skip{position:absolute;left:-9999px}.skip:focus{position:static}
        .disclosure{border:2px solid #1a1a1a;padding:.5rem 1rem}
        .l2{margin-left:1.5rem}.l3{margin-left:3rem}.l4{margin-left:4.5rem}
        .empty{font-style:italic;color:#4a4a4a}
        .ref{font-size:.8rem;text-decoration:none;margin:0 .2rem;white-space:nowrap}
        .contradicted,.unsupported{text-decoration:underline wavy #a30000 1px}
        table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:bold}
        th,td{border:1px solid #595959;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        @media print{.skip{display:none}a{color:#000}}
        """

    /// The whole document.
    func html() -> String {
        let hash = SHA256Digest(of: Self.style).base64
        return """
            <!DOCTYPE html>
            <html lang="\(Escaping.html(language))">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-\(hash)'; \
            base-uri 'none'; form-action 'none'">
            <title>\(Escaping.html(title))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <a class="skip" href="#main">\(Escaping.html(skip))</a>
            <main id="main">
            <h1>\(Escaping.html(title))</h1>
            \(body.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    /// A table with a caption; the first cell of each row is its header.
    static func table(_ caption: String, _ header: [String], _ rows: [[String]]) -> String {
        var lines = ["<table><caption>\(Escaping.html(caption))</caption>", "<thead><tr>"]
        lines += header.map { "<th scope=\"col\">\(Escaping.html($0))</th>" }
        lines.append("</tr></thead><tbody>")
        for row in rows {
            let cells = row.enumerated().map { index, cell in
                index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
            }
            lines.append("<tr>\(cells.joined())</tr>")
        }
        lines.append("</tbody></table>")
        return lines.joined(separator: "\n")
    }
}

extension SHA256Digest {
    /// The digest in base 64, as content security policies write it.
    var base64: String {
        let digits = Array(hex.utf8)
        var bytes = Data()
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
            bytes.append(UInt8(pair, radix: 16) ?? 0)
        }
        return bytes.base64EncodedString()
    }
}
