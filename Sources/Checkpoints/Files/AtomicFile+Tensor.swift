import Tensors

extension AtomicFile {
  /// Writes a tensor's elements, row-major and little-endian.
  func append<Element: Scalar>(_ tensor: Tensor<Element>) throws(CheckpointError) {
    do {
      try tensor.withElements { try append(UnsafeRawBufferPointer($0)) }
    } catch let error as CheckpointError {
      throw error
    } catch {
      throw .unwritable(file: url, reason: "\(error)")
    }
  }
}
