import Foundation

extension Interpreter.Options {
  /// The path of a file to read: relative ones start from the working directory, `~/` from the home
  /// folder.
  ///
  /// While writing goes elsewhere, what was written there is found first.
  public func pathForReading(_ path: String) -> String {
    let original = absolute(path)
    guard let scratchDirectory else { return original }
    let written = scratchDirectory + original
    return FileManager.default.fileExists(atPath: written) ? written : original
  }

  /// The path of a file to write: as for reading, or its twin below the scratch folder, whose
  /// folder is made when the original's is there.
  public func pathForWriting(_ path: String) -> String {
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
