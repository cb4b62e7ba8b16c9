import Analysis
import Figures
import Foundation
import Language

/// A file format that values are written in.
enum SaveFormat: String, CaseIterable {
  case npy, safetensors, csv, tsv, json, svg, png, txt

  /// The format that the ending of a path names.
  init(path: String) throws(Failure) {
    let ending = NSString(string: path).pathExtension.lowercased()
    guard let format = SaveFormat(rawValue: ending) else {
      let known = Self.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
      throw Failure(
        "unknown-format",
        ending.isEmpty
          ? "`\(path)` has no ending that says how to write it"
          : "there is no way to write `.\(ending)`",
        argument: "path", help: "endings are \(known)")
    }
    self = format
  }

  /// What is to be written.
  enum Content {
    case bytes(Data)
    /// One tensor as a NumPy array.
    case array(TensorValue)
    /// Gathered vectors with their tokens.
    case activations(Activations)
    /// Tensors with names.
    case tensors([(name: String, tensor: TensorValue)])
  }

  /// The value in this format.
  ///
  /// - Throws: `wrong-type` when the format cannot hold it.
  func content(of value: Value) throws(Failure) -> Content {
    switch self {
    case .npy: return .array(try tensor(value.presented))
    case .safetensors:
      if case .host(let host as ActivationsValue) = value { return .activations(host.activations) }
      return .tensors(try tensors(value.presented))
    case .csv: return .text(CSVText.text(try Tables.table(value)))
    case .tsv: return .text(CSVText.text(try Tables.table(value), separator: "\t"))
    case .json:
      try Reading.checkWritable(value)
      return .text(value.plainJSON.text + "\n")
    case .svg: return .text(try svg(value))
    case .png: return .bytes(Data(try png(value)))
    case .txt: return .text(try plainText(value))
    }
  }

  private func tensor(_ value: Value) throws(Failure) -> TensorValue {
    switch value {
    case .tensor(let tensor): return tensor
    case .list, .range: return try TensorMaking.tensor(value)
    default: throw mismatch(value, help: "a table goes to .csv; `tensor t` makes a tensor of it")
    }
  }

  private func tensors(_ value: Value) throws(Failure) -> [(name: String, tensor: TensorValue)] {
    guard case .record(let record) = value else { return [("tensor", try tensor(value))] }
    return try record.fields.map { name, value throws(Failure) in
      (name, try tensor(value.presented))
    }
  }

  private func svg(_ value: Value) throws(Failure) -> String {
    if let document = SVG.document(for: value) { return document }
    throw mismatch(value, help: "make a picture first: … | heatmap | save \"x.svg\"")
  }

  private func png(_ value: Value) throws(Failure) -> [UInt8] {
    if let file = try PNG.file(for: value) { return file }
    throw mismatch(
      value, help: ".png takes heat maps and images; save other pictures as .svg")
  }

  private func plainText(_ value: Value) throws(Failure) -> String {
    switch value {
    case .string(let text): return text.hasSuffix("\n") || text.isEmpty ? text : text + "\n"
    case .list(let list):
      let lines = list.compactMap { if case .string(let text) = $0 { text } else { nil } }
      if lines.count == list.count { return lines.map { $0 + "\n" }.joined() }
    case .host(let host):
      if case .string(let text)? = try host.field("text") { return text + "\n" }
      return host.description + "\n"
    default: break
    }
    throw mismatch(value, help: "`to_json` makes text of anything")
  }

  private func mismatch(_ value: Value, help: String) -> Failure {
    Failure(
      "wrong-type", "\(value.kindWithArticle) cannot be written as .\(rawValue)",
      argument: "value", help: help)
  }
}

extension SaveFormat.Content {
  fileprivate static func text(_ text: String) -> Self { .bytes(Data(text.utf8)) }
}
