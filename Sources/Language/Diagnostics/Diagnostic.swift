/// Something to tell the user about a text or about what it did, as data.
///
/// Words are made where a fault is found; `DiagnosticText` and `json` turn the data into output.
public struct Diagnostic: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// What was asked for did not happen.
    case error
    /// It happened, and something about it looks wrong.
    case warning
  }

  /// A note at a place in a source.
  public struct Label: Sendable, Hashable {
    /// The place.
    public let location: Location
    /// What is there; may be empty.
    public let text: String
    /// Whether this is the place that the headline speaks of.
    public let isPrimary: Bool

    /// Makes a label.
    public init(_ location: Location, _ text: String, isPrimary: Bool = true) {
      self.location = location
      self.text = text
      self.isPrimary = isPrimary
    }
  }

  /// The kind of fault, in kebab case, as listed in the documentation.
  public var code: String
  /// How bad it is.
  public var severity: Severity
  /// What could not be done, in one line.
  public var headline: String
  /// The places that matter, the primary one first.
  public var labels: [Label]
  /// Further facts, one line each.
  public var notes: [String]
  /// What to do about it; where possible a line that can be pasted.
  public var help: String?
  /// What would mend it where it stands, from which `Repair` makes a whole line.
  var repair: Edit?

  /// Makes a diagnostic.
  public init(
    _ code: String, _ headline: String, severity: Severity = .error, labels: [Label] = [],
    notes: [String] = [], help: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.headline = Self.shortened(headline)
    self.labels = labels
    self.notes = notes
    self.help = help
  }

  /// A line that people can read, whatever long text it names.
  private static func shortened(_ line: String) -> String {
    line.utf8.count <= 2_000 ? line : String(line.unicodeScalars.prefix(1_000)) + "…"
  }

  /// The place that the headline speaks of.
  public var location: Location? {
    (labels.first { $0.isPrimary } ?? labels.first)?.location
  }

  /// The code of the diagnostic that a stopped command gives.
  public static let interruptedCode = "interrupted"
}
