// swift-tools-version: 6.0
import PackageDescription

/// What a release does by itself.
let optimised: [SwiftSetting] = [
  .unsafeFlags(["-O", "-wmo", "-num-threads", "2"], .when(configuration: .debug))
]

// The model side (Tensors … Analysis) and the language side (Language, Figures, Shell) meet in
// Library only. docs/architecture.md gives the reason for each seam; ArchitectureTests keeps them.
let package = Package(
  name: "sonde",
  targets: [
    // System libraries and C shims
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CLibedit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    // A C file's include does not link what the module map names; only pkg-config would, where it is.
    .target(
      name: "CLineEdit", dependencies: ["CLibedit"], linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "CProcessor"),
    .target(name: "CMappings"),
    // Scripts and style sheets of pages, embedded.
    .target(name: "CPageFiles", exclude: ["pages"]),

    // Models
    .target(name: "Faults"),
    // Kernels are compiled with optimisation in debug builds too, and as a whole, so that generic ones
    // are specialised: otherwise they are a hundred times slower, and every test of the model side
    // runs on them.
    .target(
      name: "Tensors", dependencies: ["COpenBLAS"], swiftSettings: optimised),
    .target(name: "Checkpoints", dependencies: ["Faults", "Tensors", "CMappings"]),
    .target(name: "Tokenizers"),
    .target(
      name: "Statistics", dependencies: ["Tensors"], swiftSettings: optimised),
    .target(name: "Corpora", dependencies: ["Faults", "Tensors", "Statistics"]),
    .target(
      name: "Transformers", dependencies: ["Faults", "Tensors", "Checkpoints", "Tokenizers"]),
    .target(
      name: "Analysis",
      dependencies: ["Faults", "Tensors", "Transformers", "Tokenizers", "Statistics", "Corpora"]),

    .target(
      name: "Training",
      dependencies: ["Faults", "Tensors", "Checkpoints", "Tokenizers", "Transformers", "Corpora"]),

    // Language
    .target(name: "Language"),
    .target(name: "Figures", dependencies: ["Language", "CPageFiles"]),

    // Where they meet, and the program
    .target(
      name: "Library",
      dependencies: [
        "Faults", "Language", "Figures", "Tensors", "Checkpoints", "Tokenizers", "Transformers",
        "Analysis",
        "Training", "Statistics", "Corpora",
      ]),
    .target(name: "Shell", dependencies: ["Language", "Figures", "Checkpoints", "CLineEdit"]),
    .executableTarget(name: "sonde", dependencies: ["Language", "Library", "Shell", "CProcessor"]),

    .executableTarget(
      name: "sonde-bench",
      dependencies: ["Faults", "Tensors", "Statistics", "Checkpoints", "Transformers", "Training"]),

    // Tests
    .target(name: "TestSupport", dependencies: []),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
    .testTarget(name: "CheckpointsTests", dependencies: ["Checkpoints", "Tensors", "TestSupport"]),
    .testTarget(name: "TokenizersTests", dependencies: ["Tokenizers", "TestSupport"]),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Statistics", "Tensors", "TestSupport"]),
    .testTarget(
      name: "CorporaTests",
      dependencies: ["Faults", "Corpora", "Tensors", "Statistics", "TestSupport"]),
    .testTarget(
      name: "TransformersTests",
      dependencies: ["Faults", "Transformers", "Tensors", "Checkpoints", "TestSupport"]),
    .testTarget(name: "AnalysisTests", dependencies: ["Faults", "Analysis", "TestSupport"]),
    .testTarget(name: "TrainingTests", dependencies: ["Faults", "Training", "TestSupport"]),
    .testTarget(name: "LanguageTests", dependencies: ["Language", "TestSupport"]),
    .testTarget(name: "FiguresTests", dependencies: ["Figures", "TestSupport"]),
    .testTarget(name: "LibraryTests", dependencies: ["Library", "TestSupport"]),
    .testTarget(name: "ShellTests", dependencies: ["Shell", "TestSupport"]),
    .testTarget(
      name: "sondeTests",
      dependencies: ["Language", "Library", "Shell", "TestSupport", "sonde"]),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
