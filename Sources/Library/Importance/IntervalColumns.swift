import Language
import Statistics

/// The ends of intervals over texts as columns; one text has none, which a note says.
struct IntervalColumns {
  /// How many texts there are.
  let texts: Int

  /// Columns of the ends of estimates; nothing stands where there is no estimate or no end.
  func callAsFunction(_ estimates: [Estimate?], low: String = "low", high: String = "high")
    -> [Table.Column]
  {
    [
      .init(low, estimates.map { value($0?.low) }), .init(high, estimates.map { value($0?.high) }),
    ]
  }

  /// What must be said under the table.
  var notes: [String] { Estimate.notes(texts: texts) }

  private func value(_ number: Double?) -> Value {
    guard let number, texts > 1, !number.isNaN else { return .null }
    return .number(number)
  }
}
