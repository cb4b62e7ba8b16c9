extension Checkpoint {
  /// The SHA-256 of the weights, in hexadecimal: of the file, or of all shards one behind the other
  /// in the order of their names.
  ///
  /// - Parameters:
  ///   - remember: whether a hash that is known from before for the same paths, sizes and times may
  ///     stand, and a new one is kept for later.
  ///   - progress: is called with the number of bytes that have been hashed, often enough for an
  ///     interrupt; what it throws ends the work.
  /// - Throws: `CheckpointError` when a file cannot be read, or what `progress` throws.
  public func sha256(
    remember: Bool = true, progress: (Int) throws -> Void = { _ in }
  ) throws -> String {
    try sha256(memory: remember ? .ofTheUser : nil, progress: progress)
  }

  func sha256(memory: HashMemory?, progress: (Int) throws -> Void = { _ in }) throws -> String {
    if let known = memory?.find(weights) { return known }
    var hash = SHA256()
    var done = 0
    for file in weights {
      try file.stream { piece in
        hash.update(piece)
        done += piece.count
        try progress(done)
      }
    }
    try verify()
    let result = hash.hexadecimal()
    memory?.keep(result, of: weights)
    return result
  }
}
