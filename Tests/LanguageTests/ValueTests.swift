import Language
import Testing

@Suite("Values")
struct ValueTests {
  @Test(
    "numbers are written in the fewest digits that read back",
    arguments: [
      (3.0, "3"), (-2.5, "-2.5"), (0.1 + 0.2, "0.30000000000000004"), (1e15, "1000000000000000"),
      (1e16, "1e16"), (1.5e-7, "1.5e-7"), (123_456_789_012_345, "123456789012345"),
      (Double.nan, "NaN"), (.infinity, "Infinity"), (-.infinity, "-Infinity"), (-0.0, "-0"),
      (.leastNonzeroMagnitude, "5e-324"), (1.797_693_134_862_315_7e308, "1.7976931348623157e308"),
    ])
  func shortest(_ value: Double, _ text: String) {
    #expect(NumberText.shortest(value) == text)
    if value.isFinite {
      let toy = Toy()
      #expect(toy.run(text).shown == .number(value))
    }
  }

  @Test(
    "rounded numbers keep their significant digits",
    arguments: [
      (2.31415, "2.314"), (0.000123456, "0.0001235"), (1234.56, "1235"), (12.0, "12"),
      (0.00001234, "1.234e-5"), (-0.5, "-0.5"), (99999.5, "100000"), (1e-300, "1e-300"),
      (Double.nan, "NaN"), (123456.789, "123457"),
    ])
  func rounded(_ value: Double, _ text: String) {
    #expect(NumberText.rounded(value) == text)
  }

  @Test(
    "what rounding leaves is bounded by a power of ten",
    arguments: [
      (3.1e-15, "1e-14"), (2e-7, "1e-6"), (-2e-7, "1e-6"), (1e-6, "1e-6"), (0, "1e-15"),
      (0.3, "1"), (12, "100"), (Double.nan, "NaN"),
    ])
  func bound(_ value: Double, _ text: String) {
    #expect(NumberText.bound(value) == text)
  }

  @Test("float32 numbers keep float32's digits")
  func floats() {
    #expect(NumberText.shortest(Float(0.1)) == "0.1")
    #expect(JSON.floats([0.1, .nan, 2]).text == "[0.1, \"NaN\", 2]")
  }

  @Test("equality is deep and exact")
  func equality() {
    #expect(Value.list([.number(.nan)]) == .list([.number(.nan)]))
    #expect(Value.number(0.1 + 0.2) != .number(0.3))
    #expect(Value.record(("a", .int(1)), ("b", .int(2))) == .record(("b", .int(2)), ("a", .int(1))))
    #expect(Value.record(("a", .int(1))).hashValue == Value.record(("a", .int(1))).hashValue)
    #expect(Value.number(0).hashValue == Value.number(-0.0).hashValue)
    #expect(Value.null != .bool(false))
  }

  @Test("of record fields with one name the last counts, at the first one's place")
  func record() {
    let record = Record([("a", .int(1)), ("b", .int(2)), ("a", .int(3))])
    #expect(record.names == ["a", "b"])
    #expect(record["a"] == .int(3))
    let wide = Record((0..<20).map { ("n\($0)", .int($0)) })
    #expect(wide["n13"] == .int(13))
    #expect(wide["n20"] == nil)
  }

  @Test("a table's columns have one length")
  func table() {
    let table = Table([.init("a", [.int(1), .int(2)]), .init("b", [.int(3)])])
    #expect(table.rowCount == 2)
    #expect(table.row(1)["b"] == .null)
    #expect(table.selecting([1, 0])["a"]?.values == [.int(2), .int(1)])
    let mixed = Table(rows: [Record([("x", .int(1))]), Record([("y", .int(2))])])
    #expect(mixed.names == ["x", "y"])
    #expect(mixed.row(1)["x"] == .null)
  }

  @Test("ranges count without overflow")
  func ranges() {
    #expect(NumberRange(1, 3).count == 3)
    #expect(NumberRange(3, 1).count == 0)
    #expect(NumberRange(.min, .max).count == .max)
    #expect(NumberRange(0, -1).places(in: 4) == 0..<4)
    #expect(NumberRange(1, 9).places(in: 4) == nil)
    #expect(NumberRange(0, -1).places(in: 0) == 0..<0)
  }

  @Test("text is bounded when asked")
  func bounded() {
    let long = Value.list(List((0..<10_000).map { Double($0) }))
    #expect(long.text(limit: 40).count < 60)
    #expect(long.text(limit: 40).hasSuffix("…]"))
  }

  @Test(
    "quoted text reads back", arguments: ["a\"b", "{x}", "tab\t", "\u{7}bell", "\u{202E}", "é\\"])
  func quoted(_ text: String) {
    #expect(Toy().run(Value.quoted(text)).shown == .string(text))
  }

  @Test("json has two forms")
  func json() {
    #expect(Value.int(3).displayJSON.text == "{\"kind\": \"number\", \"value\": 3}")
    #expect(Value.number(.nan).plainJSON.text == "\"NaN\"")
    let table = Value.table(Table([.init("a", [.int(1)]), .init("b", [.string("x\n")])]))
    #expect(
      table.displayJSON.text
        == "{\"kind\": \"table\", \"columns\": [\"a\", \"b\"], \"rows\": [[1, \"x\\n\"]]}")
    #expect(table.plainJSON.text == "[{\"a\": 1, \"b\": \"x\\n\"}]")
    let tensor = Value.tensor(
      TensorValue(
        axes: [.init("row", count: 1), .init("column", count: 2)], storage: .floats([1, 0.5])))
    #expect(
      tensor.displayJSON.text
        == "{\"kind\": \"tensor\", \"axes\": [\"row\", \"column\"], \"shape\": [1, 2], \"data\": [1, 0.5]}"
    )
    #expect(Value.null.displayJSON.text == "{\"kind\": \"null\"}")
    #expect(JSON.string("\u{1}\"\\").text == "\"\\u0001\\\"\\\\\"")
  }
}
