public import DocketCore
public import Foundation
internal import Yams

/// A series file: YAML with the name of a series of meetings and the form of its minutes.
///
/// Keys: `id`, `name` (needed), `issuer` (before the title), `hostAgency`, `outcomeLabel`, `generalTitle`, `language`,
/// `meetingType` (administrative, collegiate or council: how the body decides); others are kept by whoever wrote them and mean nothing here.
public enum SeriesFile {
    private struct Form: Decodable {
        var id: String?
        var name: String
        var issuer: String?
        var hostAgency: String?
        var outcomeLabel: String?
        var generalTitle: String?
        var language: String?
        var meetingType: MeetingSeries.MeetingType?
    }

    /// The series of `data`, whose file is called `file` in messages.
    /// - Throws: `PipelineError.malformed` with the key that is wrong.
    public static func series(_ data: Data, file: String) throws -> MeetingSeries {
        let form: Form
        do {
            form = try YAMLDecoder().decode(Form.self, from: data)
        } catch let error as DecodingError {
            throw PipelineError.malformed(file: file, place: .name(error.place), problem: error.problem)
        } catch let error as YamlError {
            throw PipelineError.malformed(file: file, place: .nowhere, problem: error.problem)
        }
        guard !form.name.isEmpty else {
            throw PipelineError.malformed(file: file, place: .name("name"), problem: .init(zhHant: "空白", en: "empty"))
        }
        let standard = MeetingSeries(id: SeriesID(rawValue: form.id ?? form.name), name: form.name)
        return MeetingSeries(
            id: standard.id, name: form.name, hostAgency: form.issuer ?? form.hostAgency,
            outcomeLabel: form.outcomeLabel ?? standard.outcomeLabel,
            generalTitle: form.generalTitle ?? standard.generalTitle, language: form.language ?? standard.language,
            meetingType: form.meetingType)
    }
}
