import Language

extension TensorValue {
  /// The tensor that a record with `axes`, `shape`, `data` and perhaps `labels` describes, as
  /// `to_json` writes it; nil for any other record.
  init?(_ record: Record) {
    guard (3...4).contains(record.count), record.count == 3 || record["labels"] != nil,
      let names = Self.strings(record["axes"]), Set(names).count == names.count,
      case .list(let sizes)? = record["shape"], sizes.count == names.count,
      case .list(let data)? = record["data"]
    else { return nil }
    let numbers = data.compactMap { if case .number(let number) = $0 { number } else { nil } }
    guard numbers.count == data.count else { return nil }
    var axes: [Axis] = []
    var total = 1
    for (place, name) in names.enumerated() {
      guard case .number(let size) = sizes[place], let count = size.exactInteger, count >= 0
      else { return nil }
      let (product, overflow) = total.multipliedReportingOverflow(by: count)
      if overflow { return nil }
      total = product
      if case .list(let all)? = record["labels"], all.count == names.count,
        let labels = Self.strings(all[place]), labels.count == count
      {
        axes.append(Axis(name, labels: labels))
      } else {
        axes.append(Axis(name, count: count))
      }
    }
    guard total == numbers.count else { return nil }
    self.init(axes: axes, storage: .doubles(numbers))
  }

  private static func strings(_ value: Value?) -> [String]? {
    guard case .list(let list)? = value else { return nil }
    let strings = list.compactMap { if case .string(let text) = $0 { text } else { nil } }
    return strings.count == list.count ? strings : nil
  }
}
