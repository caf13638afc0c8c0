// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A stage or library of Docket: strict settings, no other difference.
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

func suite(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "DocketTestSupport"] + dependencies,
        swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "docket",
    products: [
        .executable(name: "docket", targets: ["docket"]),
        .library(name: "DocketText", targets: ["DocketText"]),
        .library(name: "DocketCore", targets: ["DocketCore"]),
        .library(name: "DocketGrounding", targets: ["DocketGrounding"]),
        .library(name: "DocketIngest", targets: ["DocketIngest"]),
        .library(name: "DocketPublishing", targets: ["DocketPublishing"]),
        .library(name: "DocketArchive", targets: ["DocketArchive"]),
        .library(name: "DocketCataloguing", targets: ["DocketCataloguing"]),
        .library(name: "DocketTransport", targets: ["DocketTransport"]),
        .library(name: "LoopbackEndpoint", targets: ["LoopbackEndpoint"]),
        .library(name: "DocketTestSupport", targets: ["DocketTestSupport"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        // System libraries behind thin targets.
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(
            name: "CLibCURL", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),

        // Models/ and the demo part of Corpus/ inside the binary.
        .target(name: "CDocketData"),

        // Values and text: nothing of ours below them.
        module("DocketCore", [crypto]),
        module("DocketText"),

        // Endpoints on the wire; any stage may use it.
        module("DocketTransport", ["DocketCore", "DocketText", "CLibCURL"]),

        // Stages: values in, values out; none imports another.
        module("DocketRules", ["DocketCore", "DocketText"]),
        module("DocketIngest", ["DocketCore", "DocketText", "CLibXML2", "CLibZip", subprocess]),
        module("DocketDrafting", ["DocketCore", "DocketText", "DocketTransport"]),
        module("DocketGrounding", ["DocketCore", "DocketText"]),
        module("DocketCataloguing", ["DocketCore", "DocketText"]),
        module("DocketArchive", ["DocketCore", "DocketText", crypto, grdb, logging]),
        module("DocketPublishing", ["DocketCore", "DocketText"]),

        // The order of the stages, and the commands.
        module(
            "DocketPipeline",
            [
                "DocketCore", "DocketText", "DocketRules", "DocketIngest", "DocketTransport", "DocketDrafting",
                "DocketGrounding", "DocketCataloguing", "DocketArchive", "DocketPublishing", "CDocketData", crypto,
                logging, yams,
            ]),
        .executableTarget(
            name: "docket",
            dependencies: [
                "DocketCore", "DocketText", "DocketRules", "DocketIngest", "DocketTransport", "DocketDrafting",
                "DocketGrounding", "DocketCataloguing",
                "DocketArchive", "DocketPublishing", "DocketPipeline", arguments, logging,
            ], swiftSettings: strict),

        // Tests.
        .target(
            name: "DocketTestSupport", dependencies: ["DocketCore", "DocketTransport"],
            path: "Tests/DocketTestSupport", swiftSettings: strict),
        // A chat server with scripted answers and faults; a target of its own, so that benchmarks can use it.
        .target(name: "LoopbackEndpoint", path: "Tests/LoopbackEndpoint", swiftSettings: strict),
        suite("DocketCore", []),
        suite("DocketTransport", ["DocketText", "DocketCore", "LoopbackEndpoint"]),
        suite("DocketText", []),
        suite("DocketRules", ["DocketCore", "DocketText", "DocketIngest"]),
        suite("DocketIngest", ["DocketCore", "DocketText"]),
        suite("DocketDrafting", ["DocketTransport", "DocketCore", "DocketText", "DocketIngest"]),
        suite("DocketGrounding", ["DocketCore", "DocketText"]),
        suite("DocketCataloguing", ["DocketCore", "DocketText", "DocketIngest"]),
        suite("DocketArchive", ["DocketCore", "DocketText", grdb]),
        suite("DocketPublishing", ["DocketCore", "DocketText", "DocketIngest", "CLibXML2"]),
        // A worker with an engine of small steps, killed by the tests of the pipeline.
        .executableTarget(
            name: "killed-worker",
            dependencies: ["DocketArchive", "DocketCore", "DocketDrafting", "DocketPipeline"],
            path: "Tests/KilledWorker", swiftSettings: strict),
        suite(
            "DocketPipeline",
            [
                "killed-worker", "LoopbackEndpoint", grdb,
                "DocketCore", "DocketText", "DocketArchive", "DocketCataloguing", "DocketDrafting", "DocketGrounding",
                "DocketIngest", "DocketPublishing", "DocketTransport", crypto,
            ]),
        .testTarget(
            name: "DocketCommandTests",
            dependencies: [
                "docket", "DocketArchive", "DocketCore", "DocketTestSupport", "LoopbackEndpoint", subprocess,
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu2x
)
