import DocketArchive
import DocketCore
import DocketDrafting
public import DocketTransport
import Foundation

extension Workspace {
    /// The same library, drafting with the engine that is named here, else in its settings; an endpoint that is named
    /// here means the engine that needs one.
    ///
    /// `environment` gives variables of the environment by name, for the keys that profiles point to.
    /// - Throws: `PipelineError.unknownEndpoint`, `.noEndpoint`, `.malformed`, `.policy`; `TransportError` for an address
    ///   or key that cannot be used; `PromptError` for prompts of the library that are not of their form.
    public func drafting(
        as engine: DraftingSettings.Engine? = nil, endpoints names: [String] = [],
        environment: (String) -> String?
    ) throws -> Workspace {
        switch engine ?? (names.isEmpty ? drafting.engine : .chatCompletion) {
        case .extractive:
            return drafting(with: ExtractiveEngine())
        case .chatCompletion:
            let model = try endpoints.model(names.isEmpty ? drafting.endpoints : names, environment: environment)
            let prompts = try PromptSet.embedded(overrides: library.url.appending(path: "models"))
            return drafting(with: ChatEngine(model: model, prompts: prompts))
        }
    }
}

extension EndpointCatalogue {
    /// A client for each of the named endpoints.
    /// - Throws: `PipelineError` for the profile, `TransportError` for what it points to.
    public func clients(_ names: [String], environment: (String) -> String?) throws -> [EndpointClient] {
        let http = try HTTPClient()
        var seen: Set<String> = []
        return try names.filter { seen.insert($0).inserted }.map { name in
            try EndpointClient(try profile(name), http: http, environment: environment)
        }
    }

    /// The model behind one endpoint, or the pool of several.
    /// - Throws: `PipelineError.noEndpoint` without a name; as `clients`.
    func model(_ names: [String], environment: (String) -> String?) throws -> any ChatModel {
        let clients = try clients(names, environment: environment)
        guard let first = clients.first else { throw PipelineError.noEndpoint(known: self.names()) }
        return clients.count == 1 ? first : EndpointPool(clients)
    }
}
