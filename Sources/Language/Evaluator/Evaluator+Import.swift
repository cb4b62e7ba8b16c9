import Foundation

extension Evaluator {
  /// Runs a file once and binds the names of its top level as a record.
  func load(_ node: ImportNode, _ frame: Frame) throws(Stop) {
    let folder = frame.source.folder ?? options.workingDirectory
    let path = URL(
      fileURLWithPath: node.path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)
    ).standardizedFileURL.path
    switch session.modules[path] {
    case .loaded(let value): return bind(node.variable, value, frame)
    case .loading:
      throw failure(
        "import-cycle", "\"\(node.path)\" imports itself, through this line", node.span, frame,
        help: "move what both files need into a third")
    case nil: break
    }
    session.modules[path] = .loading
    do throws(Stop) {
      let value = try run(file: path, node, frame)
      session.modules[path] = .loaded(value)
      bind(node.variable, value, frame)
    } catch {
      session.modules[path] = nil
      throw error
    }
  }

  private func run(file path: String, _ node: ImportNode, _ frame: Frame) throws(Stop) -> Value {
    let bytes = try contents(of: path, node, frame)
    let source = Source(
      name: node.path, bytes: bytes,
      folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    try hosted(node.span, frame) { () throws(Failure) in try checkDepth() }
    callDepth += 1
    defer { callDepth -= 1 }
    let (body, faults) = Parser.read(source, host: host, registry: registry)
    try checkInterruption(node.span, frame)
    if let first = faults.first { throw .raised(Raised(mended([first.diagnostic])[0])) }
    let names = Namespace()
    let result = Resolver.resolve(
      body, source, registry: registry, constants: constants, namespace: names,
      entry: session.entry, host: host)
    if let first = result.problems.first { throw .raised(Raised(first.diagnostic)) }
    for warning in result.warnings { output.warn(warning) }
    try run(body, source, slotCount: result.slotCount, showing: false)
    var fields: [(String, Value)] = []
    for statement in body.statements {
      guard let variable = statement.variable, let value = variable.cell?.value else { continue }
      fields.append((variable.name, value))
    }
    return .record(Record(fields))
  }

  /// The bytes of a file that is one, and that is not too large to be read at all.
  private func contents(
    of path: String, _ node: ImportNode, _ frame: Frame
  ) throws(Stop) -> [UInt8] {
    do throws(Failure) { try options.checkReading(path, named: node.path) } catch {
      throw failure(error.code, error.message, node.span, frame, help: error.help)
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    var problem = "cannot be read"
    if let attributes, attributes[.type] as? FileAttributeType == .typeRegular {
      if (attributes[.size] as? Int ?? 0) > Source.largestSize {
        problem = "has more than 10 MB"
      } else if let data = FileManager.default.contents(atPath: path) {
        return Array(data)
      }
    }
    throw failure(
      "cannot-import", "the file \"\(node.path)\" \(problem)", node.span, frame,
      notes: ["it would lie at \(path)"])
  }
}
