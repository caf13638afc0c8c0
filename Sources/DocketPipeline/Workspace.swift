public import DocketArchive
public import DocketCore
public import DocketDrafting
public import DocketIngest
public import Foundation
import Synchronization

/// One open library with the stages that fill it: what a person's commands, and later a server, do.
///
/// `add` is the whole way of a document: read, parse, segment, check, store, index. `draft` is the way back: segment by
/// the agenda, draft, ground, store. Nothing here keeps state beside the library.
public struct Workspace: Sendable {
    /// The library.
    public let library: Library
    /// Who looks.
    public let viewer: Viewer
    /// The stages.
    public private(set) var stages: Stages
    /// Limits of the readers.
    public let limits: ReaderLimits
    /// Who drafts, by the library's settings.
    public let drafting: DraftingSettings
    /// The endpoints that may be named here.
    public let endpoints: EndpointCatalogue
    /// Rosters and series as they were last read.
    private let lastKnowledge = KnowledgeCache()

    init(
        _ library: Library, stages: Stages, settings: Settings, endpoints: EndpointCatalogue, viewer: Viewer? = nil
    ) {
        self.library = library
        self.stages = stages
        limits = settings.limits
        drafting = settings.drafting
        self.endpoints = endpoints
        self.viewer = viewer ?? library.configuration.commandLineViewer
    }

    /// Makes a library in `folder` with its settings file.
    /// - Throws: `ArchiveError`, `PipelineError.malformed` when a settings file that is there is not of its form.
    public static func create(
        at folder: URL, settings: Settings, by actor: Actor, stages: Stages = Stages()
    ) async throws -> Workspace {
        let present = try Settings.load(from: folder)
        let configuration = (present ?? settings).library
        let library = try await Library.create(
            at: folder, configuration: configuration, by: actor, indexMaker: IndexDocuments.documents)
        if present == nil {
            let file = folder.appending(path: Settings.fileName)
            do { try Data(settings.fileText().utf8).write(to: file, options: .atomic) } catch {
                throw PipelineError.cannotWrite(file: file.path)
            }
        }
        return Workspace(
            library, stages: stages, settings: present ?? settings, endpoints: EndpointCatalogue(library: folder))
    }

    /// Opens the library in `folder` for `viewer`, nil for the person at the command line.
    /// - Throws: `ArchiveError`, `PipelineError.malformed` for its settings.
    public static func open(
        at folder: URL, mode: Library.Mode, stages: Stages = Stages(), viewer: Viewer? = nil
    ) async throws -> Workspace {
        let settings = try Settings.load(from: folder)
        let library = try await Library.open(
            at: folder, mode: mode, configuration: settings?.library, indexMaker: IndexDocuments.documents)
        let key = settings?.policyKey ?? ""
        return Workspace(
            library, stages: stages, settings: settings ?? Settings(),
            endpoints: EndpointCatalogue(library: folder) {
                try SitePolicy.load(from: folder, key: key, today: String(now.prefix(10)))
            }, viewer: viewer)
    }

    /// The same library with another engine.
    public func drafting(with engine: any DraftingEngine) -> Workspace {
        var other = self
        other.stages.engine = engine
        other.stages.unsupported = drafting.unsupported
        return other
    }

    /// Roster and series of the library.
    public func knowledge() async throws -> Stages.Knowledge {
        let version = try await library.knowledgeVersion()
        if let kept = lastKnowledge.knowledge(of: version) { return kept }
        let knowledge = Stages.Knowledge(roster: try await library.roster(), series: try await library.allSeries())
        lastKnowledge.keep(knowledge, of: version)
        return knowledge
    }
}

/// Rosters and series of one version, so that a folder of files does not read them once a file.
private final class KnowledgeCache: Sendable {
    private let kept = Mutex<(version: String, knowledge: Stages.Knowledge)?>(nil)

    func knowledge(of version: String) -> Stages.Knowledge? {
        kept.withLock { $0?.version == version ? $0?.knowledge : nil }
    }

    func keep(_ knowledge: Stages.Knowledge, of version: String) { kept.withLock { $0 = (version, knowledge) } }
}
