import Language
import Transformers

extension Workbench {
  var infoCommand: Builtin {
    Builtin(
      "info", "Says what a model is made of.",
      Parameter<ModelValue?>("model", "A model; the one in use when none is given.", .piped),
      returns: "table", family: .models,
      alsoFoundAs: ["architecture", "configuration", "describe"],
      details: """
        The SHA-256 of the checkpoint's files takes a moment on a large model, so it is computed \
        only when asked for, as the model's field `hash`. What the checkpoint holds and the model \
        does not use is listed in full: tensors not read and settings not followed, on which a number \
        may depend, and tensors not needed, such as stored masks, on which none does.
        """,
      examples: [
        Example(
          #"load "random-tiny"; info() | where { it.fact == "positions" }"#,
          shows: "One fact of the model in use.",
          gives: .table(("fact", .strings("positions")), ("value", .strings("learned, 128 rows"))))
      ]
    ) { [self] _, given throws(Failure) in
      let value = if let given { given } else { ModelValue(try current(), on: self) }
      let facts = ModelFacts(value, precision: settings.precision)
      return .table(
        Table([
          Table.Column("fact", facts.rows.map { .string($0.0) }),
          Table.Column("value", facts.rows.map { .string($0.1) }),
        ]))
    }
  }
}

/// What `info` says of a model.
private struct ModelFacts {
  var rows: [(String, String)] = []

  init(_ value: ModelValue, precision: Precision) {
    let model = value.model
    let description = model.description
    rows.append(("name", value.name))
    rows.append(("family", description.family))
    if let folder = model.folder { rows.append(("folder", folder.path)) }
    rows.append(("parameters", "\(model.parameterCount)"))
    if let encoder = description.encoder {
      rows.append(("encoder layers", "\(encoder.blocks.count)"))
      rows.append(("decoder layers", "\(description.blocks.count)"))
    } else {
      rows.append(("layers", "\(description.blocks.count)"))
    }
    if let block = description.blocks.first { addBlock(block) }
    rows.append(("width", "\(description.width)"))
    if let patches = description.embedding.patches {
      rows.append(
        (
          "image",
          "\(patches.channels) channels, \(patches.height) by \(patches.width), patches of "
            + "\(patches.patchHeight) by \(patches.patchWidth)"
        ))
    } else {
      rows.append(("vocabulary", "\(description.vocabularySize)"))
    }
    rows.append(("context", description.contextLength.map { "\($0) tokens" } ?? "unlimited"))
    rows.append(("positions", Self.positions(description)))
    rows.append(
      (
        "reads",
        description.encoder != nil
          ? "a source in both directions, its target to the left"
          : description.isCausal ? "to the left (causal)" : "in both directions"
      ))
    rows.append(("output", Self.output(description)))
    rows.append(("tokenizer", Self.tokenizer(model)))
    rows.append(("precision", precision.rawValue))
    let unused = model.unused
    for (fact, names) in [
      ("tensors not read", unused.tensors), ("settings not followed", unused.settings),
      ("tensors not needed", unused.needless),
    ] where !names.isEmpty {
      rows.append((fact, names.joined(separator: ", ")))
    }
  }

  private mutating func addBlock(_ block: BlockDescription) {
    rows.append(("heads", block.attention.headsText))
    rows.append(("head width", "\(block.attention.headWidth)"))
    rows.append(
      (
        "mlp",
        "\(block.mlp.width) neurons, \(block.mlp.activation)\(block.mlp.isGated ? ", gated" : "")"
      ))
    let norm =
      block.attentionNorms.input ?? block.attentionNorms.stream ?? block.attentionNorms.output
    let place = block.attentionNorms.input != nil ? "before each part" : "behind each part"
    if let norm {
      rows.append(
        ("norm", "\(norm.kind == .rms ? "RMSNorm" : "LayerNorm") \(place), epsilon \(norm.epsilon)")
      )
    }
    if block.isParallel { rows.append(("block", "attention and MLP side by side")) }
  }

  private static func positions(_ description: ModelDescription) -> String {
    if let learned = description.embedding.learnedPositions {
      return "learned, \(learned.count) rows"
    }
    if description.embedding.sinusoidalPositions != nil { return "sines and cosines" }
    let attention = description.blocks.first?.attention
    if let rotary = attention?.rotary { return "rotary, \(rotary.width) coordinates of a head" }
    return attention?.slopes == nil ? "none" : "a linear bias of the scores"
  }

  private static func output(_ description: ModelDescription) -> String {
    guard let output = description.output else { return "none: a bare body" }
    if let classes = output.classification { return classes.text }
    return output.transform == nil ? "logits" : "logits of a masked-language-model head"
  }

  private static func tokenizer(_ model: Model) -> String {
    do {
      return try model.tokenizer().map { "\($0.vocabularySize) pieces" } ?? "none: give ids"
    } catch {
      return "cannot be read: \(error.message)"
    }
  }
}

extension ClassificationDescription {
  private var start: String {
    switch reading {
    case .choice: "labels "
    case .independent: "labels, each of them right or not: "
    case .value: "values "
    }
  }

  /// The labels, task by task.
  var text: String {
    tasks.map { task in
      (task.name.map { "\($0): " } ?? start) + task.labels.joined(separator: ", ")
    }.joined(separator: "; ")
  }
}
