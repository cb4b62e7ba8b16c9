/// Who may import what.
///
/// This is the one place where that is written for checking; docs/architecture.md gives the reasons.
enum Seams {
  /// Each target of Sources with the targets that it may import, which are also its dependencies in
  /// Package.swift.
  static let imports: [String: Set<String>] = [
    "COpenBLAS": [], "CLibedit": [], "CProcessor": [], "CMappings": [], "CPageFiles": [],
    "CLineEdit": ["CLibedit"],

    "Faults": [],
    "Tensors": ["COpenBLAS"],
    "Checkpoints": ["Faults", "Tensors", "CMappings"],
    "Tokenizers": [],
    "Statistics": ["Tensors"],
    "Corpora": ["Faults", "Tensors", "Statistics"],
    "Transformers": ["Faults", "Tensors", "Checkpoints", "Tokenizers"],
    "Analysis": ["Faults", "Tensors", "Transformers", "Tokenizers", "Statistics", "Corpora"],
    "Training": ["Faults", "Tensors", "Checkpoints", "Tokenizers", "Transformers", "Corpora"],

    "Language": [],
    "Figures": ["Language", "CPageFiles"],

    "Library": [
      "Faults", "Language", "Figures", "Tensors", "Checkpoints", "Tokenizers", "Transformers",
      "Analysis",
      "Training", "Statistics", "Corpora",
    ],
    "Shell": ["Language", "Figures", "Checkpoints", "CLineEdit"],
    "sonde": ["Language", "Library", "Shell", "CProcessor"],

    "sonde-bench": ["Faults", "Tensors", "Statistics", "Checkpoints", "Transformers", "Training"],
    "TestSupport": [],
  ]

  /// What comes with the toolchain, and who may import it; nil for everybody.
  static let toolchain: [String: Set<String>?] = [
    "Foundation": nil, "Dispatch": nil, "Synchronization": nil, "Testing": ["TestSupport"],
  ]

  /// Targets whose work is memory: they alone may name unsafe pointers.
  static let unsafeTargets: Set<String> = ["Tensors", "Checkpoints"]

  /// Files elsewhere that hand bytes or callbacks to C.
  static let unsafeFiles: Set<String> = [
    "Sources/Language/Interpreter/DeepStack.swift",
    "Sources/Shell/Journal/JSONLines.swift",
    "Sources/Shell/LineEditor/EditorState.swift",
    "Sources/Shell/Output/StandardStream.swift",
  ]

  /// The longest that a file may be.
  static let longestFile = 400
}
