extension Double {
  /// The number as an integer, where it is a whole one that cannot be mistaken for its neighbours:
  /// from −2⁵³ to 2⁵³; nil else.
  ///
  /// Indices, ends of ranges and counts are read with it alone, so that adding them up never leaves
  /// what an `Int` holds.
  public var exactInteger: Int? {
    magnitude <= 0x1p53 ? Int(exactly: self) : nil
  }
}
