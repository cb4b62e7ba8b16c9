import Language
import Transformers

/// Texts, or the first of some heads where there are no texts.
enum CorpusOrHeads: Argument {
  case texts(CorpusInput)
  case heads([Address])

  static let kind = "corpus or head"

  static func from(_ value: Value) throws(Failure) -> CorpusOrHeads? {
    if case .host(let host as Address) = value { return .heads([host]) }
    return try CorpusInput.from(value).map { .texts($0) }
  }

  var corpus: CorpusInput? {
    if case .texts(let corpus) = self { corpus } else { nil }
  }

  var addresses: [Address] {
    if case .heads(let addresses) = self { addresses } else { [] }
  }
}
