import Foundation
import Tensors

/// Reads and writes arrays in NumPy's own format; what is written has version 1.0.
public enum NumPyFile {
  /// Writes a tensor, whole or not at all; its axes' names are not part of the format.
  ///
  /// - Throws: `CheckpointError` when the file cannot be written.
  public static func write<Element: Scalar>(
    _ tensor: Tensor<Element>, to url: URL, overwrite: Bool = false
  ) throws(CheckpointError) {
    let file = try AtomicFile(url, overwrite: overwrite)
    try file.append(header(tensor))
    try file.append(tensor)
    try file.commit()
  }

  /// The format's mark, its version, the header's length, and the header: a Python dictionary,
  /// padded with spaces so that the data begins at a multiple of 64.
  private static func header<Element: Scalar>(_ tensor: Tensor<Element>) -> Data {
    let sizes = tensor.shape.map(String.init).joined(separator: ", ")
    let tuple = tensor.shape.count == 1 ? "(\(sizes),)" : "(\(sizes))"
    let kind = MemoryLayout<Element>.size == 8 ? "<f8" : "<f4"
    var text = "{'descr': '\(kind)', 'fortran_order': False, 'shape': \(tuple), }"
    let fixed = 10
    text += String(repeating: " ", count: 63 - (fixed + text.utf8.count) % 64) + "\n"
    let length = text.utf8.count
    return Data([0x93] + "NUMPY".utf8 + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)])
      + Data(text.utf8)
  }
}
