// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that building Docket builds no benchmark. Run from its folder:
//
//     swift run -c release benchmarks text
let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "docket", path: ".."),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // This one and search-stress look inside the archive: build them with -Xswiftc -enable-testing.
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                .product(name: "DocketArchive", package: "docket"),
                .product(name: "DocketCataloguing", package: "docket"), .product(name: "DocketCore", package: "docket"),
                .product(name: "DocketGrounding", package: "docket"), .product(name: "DocketIngest", package: "docket"),
                .product(name: "DocketPublishing", package: "docket"),
                .product(name: "DocketText", package: "docket"), .product(name: "DocketTestSupport", package: "docket"),
                .product(name: "LoopbackEndpoint", package: "docket"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        // Makes the files of Models/subjects and Models/keyphrases.
        .executableTarget(
            name: "train-models",
            dependencies: [
                .product(name: "DocketCataloguing", package: "docket"), .product(name: "DocketCore", package: "docket"),
                .product(name: "DocketIngest", package: "docket"),
            ]),
        .executableTarget(
            name: "scripted-endpoint",
            dependencies: [
                .product(name: "DocketTestSupport", package: "docket"),
                .product(name: "LoopbackEndpoint", package: "docket"),
            ]),
        .executableTarget(
            name: "search-stress",
            dependencies: [
                .product(name: "DocketArchive", package: "docket"), .product(name: "DocketCore", package: "docket"),
                .product(name: "DocketText", package: "docket"), .product(name: "GRDB", package: "GRDB.swift"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
