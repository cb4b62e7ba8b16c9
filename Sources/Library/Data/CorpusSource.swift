import Analysis
import Corpora
import Faults
import Language

/// Where a corpus comes from, as a person says it.
enum CorpusSource: Argument {
  case english
  case file(String)
  case values([Value])

  static let kind = "file, list or \"english\""

  /// Whether the generator makes the texts, which knows itself what is held out.
  var isGenerated: Bool {
    if case .english = self { return true }
    return false
  }

  static func from(_ value: Value) throws(Failure) -> CorpusSource? {
    switch value {
    case .string("english"): return .english
    case .string(let path): return .file(path)
    case .list(let list): return .values(list.elements)
    case .table(let table): return .values(table.rows.map { .record($0) })
    case .host(let host as CorpusValue): return .values((0..<host.count).map(host.item))
    case .host(let host as BatchValue):
      return .values(host.prompts.map { .string($0.text ?? "") })
    default: return nil
    }
  }

  /// The texts that values are: strings, prompts, texts, or records with named columns.
  static func texts(
    _ values: [Value], _ columns: TextColumns
  ) throws(Failure) -> [AnnotatedText] {
    var texts: [AnnotatedText] = []
    for (index, value) in values.enumerated() {
      switch value {
      case .string(let text): texts.append(AnnotatedText(cutting: text))
      case .host(let host as TextValue): texts.append(try host.read())
      case .host(let host as PromptValue): texts.append(AnnotatedText(host.prompt))
      case .record(let record):
        var cells: [String: String] = [:]
        for (name, value) in record.fields where value != .null { cells[name] = value.plainText }
        do throws(Fault) {
          texts.append(try columns.annotate(cells))
        } catch {
          throw Failure(
            error.code, "element \(index): \(error.message)", argument: "source", help: error.help)
        }
      default:
        throw Failure(
          "wrong-type", "element \(index) is \(value.kindWithArticle), not a text",
          argument: "source", help: "texts are strings, prompts, or records with a text column")
      }
    }
    if texts.isEmpty {
      throw Failure(
        "empty-corpus", "there are no texts in the list", argument: "source",
        help: "give at least one text")
    }
    return texts
  }
}

/// How many documents of each kind are wanted.
struct KindShares: Argument {
  let mixture: Mixture

  static let kind = "kind, list of kinds or record of shares"

  static func from(_ value: Value) throws(Failure) -> KindShares? {
    switch value {
    case .string(let name): return KindShares(mixture: .only(try kind(name)))
    case .list(let list):
      var shares: [Kind: Double] = [:]
      for item in list {
        guard let name = String.from(item) else { return nil }
        shares[try kind(name)] = 1
      }
      return try KindShares(shares)
    case .record(let record):
      var shares: [Kind: Double] = [:]
      for (name, share) in record.fields {
        guard let share = Double.from(share) else { return nil }
        shares[try kind(name)] = share
      }
      return try KindShares(shares)
    default: return nil
    }
  }

  private init(mixture: Mixture) { self.mixture = mixture }

  private init(_ shares: [Kind: Double]) throws(Failure) {
    guard shares.values.allSatisfy({ $0 >= 0 && $0.isFinite }),
      shares.values.contains(where: { $0 > 0 })
    else {
      throw Failure(
        "bad-argument", "shares are numbers from 0 upwards, and one of them is above 0",
        argument: "kinds")
    }
    mixture = Mixture(shares)
  }

  private static func kind(_ name: String) throws(Failure) -> Kind {
    if let kind = Kind(rawValue: name) { return kind }
    throw Failure(
      "unknown-choice", "there is no kind of document \"\(name)\"",
      help: "choose among " + Kind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
  }
}

/// What one text of a corpus is.
enum TextUnit: String, ChoiceArgument {
  case sentence, document

  static let kind = "unit"
}

extension Split: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "split" }
}

extension CorpusFormat: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "format" }
}
