/// A token that is searched for in the text before the model sees it.
struct AddedToken: Sendable, Hashable {
  /// What stands in the text, as UTF-8: strings compare by canonical equivalence, tokens do not.
  var content: [UInt8]
  /// Only where no word scalar touches it.
  var isSingleWord = false
  /// Takes the white space on its left with it.
  var stripsLeft = false
  /// Takes the white space on its right with it.
  var stripsRight = false
  /// Searched for in normalised text instead of the text itself.
  var isNormalized = true
  /// May be skipped in decoding.
  var isSpecial = false
}
