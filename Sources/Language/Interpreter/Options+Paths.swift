import Foundation

extension Interpreter.Options {
  /// The path of a file to read: relative ones start from the working directory, `~/` from the home
  /// folder.
  ///
  /// While writing goes elsewhere, what was written there is found first.
  ///
  /// - Throws: `not-allowed` for what lies outside the folders to which reading is limited.
  public func pathForReading(_ path: String, argument: String? = nil) throws(Failure) -> String {
    let place = located(path)
    try checkReading(place, named: path, argument: argument)
    return place
  }

  /// Where a path leads for reading, whether that is allowed or not.
  public func located(_ path: String) -> String {
    let original = absolute(path)
    guard let scratchDirectory else { return original }
    let written = scratchDirectory + original
    return FileManager.default.fileExists(atPath: written) ? written : original
  }

  /// Refuses what lies outside the folders to which reading is limited.
  ///
  /// - Throws: `not-allowed`.
  public func checkReading(
    _ place: String, named name: String, argument: String? = nil
  ) throws(Failure) {
    guard let readableFolders else { return }
    if ResolvedPath.isInside(place, readableFolders + [scratchDirectory].compactMap { $0 }) {
      return
    }
    throw Failure(
      "not-allowed", "`\(name)` lies outside the folders that may be read", argument: argument,
      help: "start with `sonde --read FOLDER` for each folder that may be")
  }

  /// Whether a file may be written without asking: in the working folder or one that was named, or
  /// anywhere while writing goes elsewhere.
  func isWritable(_ path: String) -> Bool {
    scratchDirectory != nil
      || ResolvedPath.isInside(absolute(path), [workingDirectory] + writableFolders)
  }

  /// The path of a file to write: as for reading, or its twin below the scratch folder, whose
  /// folder is made when the original's is there.
  func placeForWriting(_ path: String) -> String {
    let original = absolute(path)
    guard let scratchDirectory else { return original }
    let twin = scratchDirectory + original
    let parent = (original as NSString).deletingLastPathComponent
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder), isFolder.boolValue {
      // A folder that cannot be made shows as an error of the write that follows.
      try? FileManager.default.createDirectory(
        atPath: (twin as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    }
    return twin
  }

  private func absolute(_ path: String) -> String {
    let path = HomeFolder.expanding(path)
    let whole = path.hasPrefix("/") ? path : workingDirectory + "/" + path
    return (whole as NSString).standardizingPath
  }
}

extension Context {
  /// The path of a file to read; see `Interpreter.Options.pathForReading`.
  ///
  /// - Throws: `not-allowed`.
  public func pathForReading(
    _ path: String, argument: String? = "path"
  ) throws(Failure) -> String {
    try options.pathForReading(path, argument: argument)
  }

  /// The path of a file to write: the gate through which everything goes that a program writes.
  ///
  /// Outside the working folder and those that were named, whoever sits at the prompt is asked.
  ///
  /// - Throws: `read-only` where nothing is written, `not-allowed` outside those folders.
  public func pathForWriting(
    _ path: String, argument: String? = "path"
  ) throws(Failure) -> String {
    if options.isReadOnly {
      throw Failure("read-only", "writing files is switched off", argument: argument)
    }
    if !options.isWritable(path),
      output.confirm("write `\(path)`, outside the working folder?") != true
    {
      throw Failure(
        "not-allowed", "`\(path)` lies outside the working folder", argument: argument,
        help: "start with `sonde --write FOLDER` for each further folder that may be written")
    }
    return options.placeForWriting(path)
  }
}
