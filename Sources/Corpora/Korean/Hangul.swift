/// The arithmetic of Hangul syllables, which Unicode orders by initial, vowel and final.
enum Hangul {
  private static let first: UInt32 = 0xAC00
  private static let last: UInt32 = 0xD7A3
  private static let finals: UInt32 = 28
  /// The places of finals among the 28: none, ㄴ, ㄹ, ㅆ.
  enum Final: UInt32 {
    case none = 0
    case nieun = 4
    case rieul = 8
    case doubleSiot = 20
  }

  /// The place of the final consonant of a word's last syllable: 0 for none; nil where the word does
  /// not end in a Hangul syllable.
  static func final(of word: String) -> UInt32? {
    guard let scalar = word.unicodeScalars.last?.value, (first...last).contains(scalar) else {
      return nil
    }
    return (scalar - first) % finals
  }

  /// A word with another final consonant in its last syllable.
  static func replacingFinal(of word: String, by new: Final) -> String {
    guard let old = final(of: word), let scalar = word.unicodeScalars.last,
      let changed = Unicode.Scalar(scalar.value - old + new.rawValue)
    else { return word }
    var scalars = word.unicodeScalars
    scalars.removeLast()
    scalars.append(changed)
    return String(scalars)
  }

  /// Whether a word's last syllable has a final consonant.
  static func isClosed(_ word: String) -> Bool { (final(of: word) ?? 0) != 0 }
}

/// The particles that mark what a noun does; their form goes by the sound that they follow.
enum KoreanParticle: Sendable, Hashable {
  case topic, nominative, accusative, and, toward
  case at, from, genitive, dative, than, copula, copulaPast, none

  /// The form behind a word.
  func form(after word: String) -> String {
    let closed = Hangul.isClosed(word)
    switch self {
    case .topic: return closed ? "은" : "는"
    case .nominative: return closed ? "이" : "가"
    case .accusative: return closed ? "을" : "를"
    case .and: return closed ? "과" : "와"
    case .toward:
      return closed && Hangul.final(of: word) != Hangul.Final.rieul.rawValue ? "으로" : "로"
    case .at: return "에"
    case .from: return "에서"
    case .genitive: return "의"
    case .dative: return "에게"
    case .than: return "보다"
    case .copula: return "이다"
    case .copulaPast: return "이었다"
    case .none: return ""
    }
  }
}

/// How a predicate goes on: as the end of the sentence, before a noun, or before another clause.
enum KoreanEnding: Sendable, Hashable {
  case final, adnominal, and, but, because, when
}

extension Lexeme {
  /// The dictionary form without its ending 다.
  private var stem: String { String(korean.dropLast()) }
  /// The past without 다.
  private var pastStem: String { String(koreanPast.dropLast()) }

  /// The predicate with a tense and an ending.
  func predicate(_ tense: Tense, _ ending: KoreanEnding) -> String {
    let base = tense == .past ? pastStem : stem
    switch ending {
    case .final: return tense == .past ? koreanPast : present
    case .adnominal:
      if tense == .past || partOfSpeech == .adjective { return koreanAdnominal }
      return droppingRieul + "는"
    case .and: return base + "고"
    case .but: return base + "지만"
    case .because: return base + "기 때문에"
    case .when: return pastStem + "을 때"
    }
  }

  /// The form before an auxiliary, 어 or 아: the past without its ㅆ.
  var infinitive: String { Hangul.replacingFinal(of: pastStem, by: .none) }

  /// The form before a negation.
  var negatable: String { stem + "지" }

  private var droppingRieul: String {
    Hangul.final(of: stem) == Hangul.Final.rieul.rawValue
      ? Hangul.replacingFinal(of: stem, by: .none) : stem
  }

  /// The plain present: adjectives as they are, verbs with ㄴ다 or 는다.
  private var present: String {
    if partOfSpeech != .verb || koreanPresentIsPlain { return korean }
    let stem = droppingRieul
    return Hangul.isClosed(stem) ? stem + "는다" : Hangul.replacingFinal(of: stem, by: .nieun) + "다"
  }

  /// Whether a verb's Korean is an adjective, which has no ending in the present.
  private var koreanPresentIsPlain: Bool { key == "seem" }
}
