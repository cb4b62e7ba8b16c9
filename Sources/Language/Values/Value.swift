/// Anything that Probe can compute with.
///
/// Values do not change once made.
///
/// `null` stands for nothing; numbers are float64; lists, records and tables keep their order; the
/// embedding adds kinds of its own through `HostValue`.
public enum Value: Sendable {
  /// Nothing.
  case null
  /// True or false.
  case bool(Bool)
  /// A float64, which may be NaN or infinite.
  case number(Double)
  /// Text.
  case string(String)
  /// Values in order.
  case list(List)
  /// Named values in order.
  case record(Record)
  /// Whole numbers from one to another, both included.
  case range(NumberRange)
  /// Named columns of the same length.
  case table(Table)
  /// Numbers along named axes.
  indirect case tensor(TensorValue)
  /// Something that can be called.
  case function(FunctionValue)
  /// A failure that `catch` caught.
  case error(ErrorValue)
  /// A picture as data.
  indirect case figure(Figure)
  /// A value of the embedding's.
  indirect case host(any HostValue)

  /// Makes a list.
  public static func list(of elements: [Value]) -> Value { .list(List(elements)) }

  /// Makes a record from fields in order.
  public static func record(_ fields: (String, Value)...) -> Value { .record(Record(fields)) }

  /// Makes a number from an integer.
  public static func int(_ value: Int) -> Value { .number(Double(value)) }
}

extension Value {
  /// The kind's name, as `help` and messages use it.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .list: "list"
    case .record: "record"
    case .range: "range"
    case .table: "table"
    case .tensor: "tensor"
    case .function: "function"
    case .error: "error"
    case .figure: "figure"
    case .host(let value): value.kind
    }
  }

  /// How many levels of lists, records and tables lie in one another; a plain value has 0.
  public var depth: Int {
    switch self {
    case .list(let list): list.depth
    case .record(let record): record.depth
    case .table(let table): table.depth
    default: 0
    }
  }

  /// The deepest nesting that the interpreter makes.
  public static let deepest = 1_000
}
