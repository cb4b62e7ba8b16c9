import Language

extension Shell {
  /// The commands that the shell adds to a program's own, on a session in which nothing was
  /// entered: what the reference and the tests of the declarations need.
  public static var commands: [Builtin] {
    SessionDocuments(
      record: SessionRecord(), header: DocumentHeader(version: ""), writesNothing: true
    )
    .commands
  }
}
