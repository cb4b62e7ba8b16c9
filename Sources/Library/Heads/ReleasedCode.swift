import Language

/// Numbers as the code that came with a paper has them, where it does not do what the paper says.
enum ReleasedCode {
  /// The parameter `compat` of commands that know such code.
  ///
  /// - Parameter what: What is done as there.
  static func parameter(_ what: String) -> Parameter<String?> {
    Parameter("compat", "\"released\": \(what)", .named)
  }

  /// Whether released code is to be followed.
  static func isMeant(_ compat: String?) throws(Failure) -> Bool {
    guard let compat else { return false }
    guard compat == "released" else {
      throw Failure(
        "unknown-choice", "there is no \"\(compat)\" to be compatible with", argument: "compat",
        help: "choose \"released\", or leave it away")
    }
    return true
  }
}
