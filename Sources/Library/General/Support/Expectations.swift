import Language

extension Example.Outcome {
  /// A number.
  static func number(_ number: Double) -> Self { .value(.number(number)) }
  /// A list of numbers.
  static func numbers(_ numbers: Double...) -> Self { .value(.list(List(numbers))) }
  /// A string.
  static func string(_ text: String) -> Self { .value(.string(text)) }
  /// A list of strings.
  static func strings(_ texts: String...) -> Self { .value(.list(of: texts.map { .string($0) })) }
  /// A boolean.
  static func flag(_ flag: Bool) -> Self { .value(.bool(flag)) }
  /// A list of any values.
  static func list(_ values: Value...) -> Self { .value(.list(of: values)) }
  /// A table, column by column.
  static func table(_ columns: (String, [Value])...) -> Self {
    .value(.table(Table(columns.map { Table.Column($0.0, $0.1) })))
  }
  /// A tensor of float64 numbers.
  static func tensor(_ axes: [TensorValue.Axis], _ numbers: [Double]) -> Self {
    .value(.tensor(TensorValue(axes: axes, storage: .doubles(numbers))))
  }
}

extension [Value] {
  /// Numbers as values, for the columns of expected tables.
  static func numbers(_ numbers: Double...) -> [Value] { numbers.map { .number($0) } }
  /// Strings as values, for the columns of expected tables.
  static func strings(_ texts: String...) -> [Value] { texts.map { .string($0) } }
}
