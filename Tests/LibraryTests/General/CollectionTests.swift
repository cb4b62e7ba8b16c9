import Testing

@Suite("Lists and tables at their edges")
struct CollectionTests {
  @Test(
    "Lists",
    arguments: [
      Line("[] | where { it > 1 }", "[]"),
      Line("[] | each { it }", "[]"),
      Line("[] | sort", "[]"),
      Line("[] | unique", "[]"),
      Line("1..10000 | sort { it * 7919 % 10007 } | { it[0..2] }", "[8967, 7927, 6887]"),
      Line(
        "1..10000 | sort { it % 2 } | { [it[0], it[4999], it[5000], it[-1]] }",
        "[2, 10000, 1, 9999]"),
      Line("[] | reverse | first 3", "[]"),
      Line("[] | last 2", "[]"),
      Line("[1, 2] | first 0", "[]"),
      Line("[1, 2] | first -1", "!! out-of-range"),
      Line("[1, 2] | first 1.5", "!! wrong-type"),
      Line("[NaN, 2, null, 1] | sort", "[1, 2, NaN, null]"),
      Line("[NaN, 2, null, 1] | sort descending: true", "[2, 1, NaN, null]"),
      Line("[-Infinity, Infinity, 0] | sort", "[-Infinity, 0, Infinity]"),
      Line("[[2, 1], [1, 9], [1]] | sort", "[[1], [1, 9], [2, 1]]"),
      Line("[true, false] | sort", "[false, true]"),
      Line("[[1], 2] | sort", "!! not-comparable"),
      Line("[{a: 1}] | sort", "!! not-comparable"),
      Line(#"[{a: 2}, {a: 1}] | sort "a" | each { it.a }"#, "[1, 2]"),
      Line(#"[{a: 2}, {b: 1}] | sort "a""#, "!! unknown-column"),
      Line(#"[1] | sort "a""#, "!! unknown-column"),
      Line("[L10.H1, L2.H3, L2.H1] | sort", "[L2.H1, L2.H3, L10.H1]"),
      Line(#"["é", "z", "a"] | sort"#, #"["a", "z", "é"]"#),
      Line("[NaN, NaN, 1] | unique", "[NaN, 1]"),
      Line("[1, \"1\", 1] | unique", #"[1, "1"]"#),
      Line("5..1 | each { it }", "[]"),
      Line("0..1_000_000_000 | each { it }", "!! too-large"),
      Line("0..1_000_000_000 | len", "1000000001"),
      Line("zip [] []", "[]"),
      Line("zip 1..2 [3, 4] [5, 6]", "[[1, 3, 5], [2, 4, 6]]"),
      Line("flatten [1, [2, [3]], []]", "[1, 2, [3]]"),
      Line("flatten 3", "!! wrong-type"),
      Line("[1, 2] | where { null }", "!! wrong-type"),
      Line("tensor [1, 2] | where { true }", "!! wrong-type"),
      Line("tensor [[1, 2], [3, 4]] | first | flatten", "[1, 2]"),
      Line("tensor [[1, 2], [3, 4]] | last 1 | flatten", "[3, 4]"),
      Line("tensor [[1, 2], [3, 4]] | first 0 | flatten", "[]"),
      Line(#"len "👩‍👩‍👧é""#, "2"),
      Line("len {}", "0"),
      Line("[] | count", "0"),
      Line("keys {}", "[]"),
    ])
  func lists(_ line: Line) throws { try line.check() }

  @Test(
    "Tables",
    arguments: [
      Line("table [] | len", "0"),
      Line("table [{a: 1}, {b: 2}] | keys", #"["a", "b"]"#),
      Line("table [{a: 1}, {b: 2}] | { it.b }", "[null, 2]"),
      Line("table [{a: 1}, 2]", "!! mixed-kinds"),
      Line("table {a: [1], b: [1, 2]}", "!! length-mismatch"),
      Line("table {a: 1}", "!! wrong-type"),
      Line("table {} | len", "0"),
      Line(#"table [{a: 1}] | select "b""#, "!! unknown-column"),
      Line(#"table [{a: 1}] | sort "b""#, "!! unknown-column"),
      Line("table [{a: 1}] | sort", "!! missing-argument"),
      Line(#"table {a: [1, 1, 0], b: [2, 1, 9]} | sort ["a", "b"] | { it.b }"#, "[9, 1, 2]"),
      Line(#"table {a: [NaN, 1, null]} | sort "a" | { it.a }"#, "[1, NaN, null]"),
      Line(#"table {a: [1, 1, 2]} | unique "a" | len"#, "2"),
      Line(#"table {a: [1, 1, 2], b: [1, 1, 1]} | group "a" "b" | keys"#, #"["a", "b", "rows"]"#),
      Line(#"table {a: [1, 1, 2]} | group "a" | each { len(it.rows) }"#, "[2, 1]"),
      Line(#"[1, 2, 3] | group { it > 1 } { it % 2 } | keys"#, #"["key", "key_2", "rows"]"#),
      Line("table {a: [1, 2]} | mean", "!! wrong-type"),
      Line("table {a: [1, 2]} | where { it.b > 1 }", "!! unknown-field"),
      Line("table {a: [1, 2]} | first | { it.a }", "1"),
      Line("table {a: [1, 2]} | each { {a: it.a, b: it.a * 2} } | { it.b }", "[2, 4]"),
      Line(#"table {a: [1]} | add_column "a" { it.a + 1 } | { it.a }"#, "[2]"),
      Line(#"merge (table {k: [1, 1]}) (table {k: [1, 1]}) on: ["k"] | len"#, "4"),
      Line(#"merge (table {k: [1]}) (table {k: [2]}) on: ["k"] | len"#, "0"),
      Line(#"merge (table {k: [1]}) (table {j: [2]}) on: ["k"]"#, "!! unknown-column"),
      Line(#"merge (table {k: [1]}) (table {k: [2]}) on: []"#, "!! missing-argument"),
    ])
  func tables(_ line: Line) throws { try line.check() }

  @Test(
    "Tensors",
    arguments: [
      Line("tensor []", "tensor [index 0], empty"),
      Line("tensor [[[1], [2]]] | keys", #"["axis0", "axis1", "axis2"]"#),
      Line("tensor [[1], 2]", "!! shape-mismatch"),
      Line("tensor [1, \"a\"]", "!! shape-mismatch"),
      Line(#"tensor [1, 2] axes: ["a", "b"]"#, "!! shape-mismatch"),
      Line(#"tensor [1, 2] labels: {index: ["a"]}"#, "!! length-mismatch"),
      Line(#"tensor [1, 2] labels: {key: ["a", "b"]}"#, "!! unknown-axis"),
      Line("tensor [(tensor [1]), (tensor [1, 2])]", "!! shape-mismatch"),
      Line("tensor [(tensor [1]), (tensor [2])] | keys", #"["item", "index"]"#),
      Line("tensor (table {a: [1, 2], b: [3, 4]}) | flatten", "[1, 3, 2, 4]"),
      Line(#"tensor (table {a: ["x"]})"#, "!! not-a-number"),
      Line(
        #"tensor [5, 6] axes: ["k"] labels: {k: ["a", "b"]} | table | { it.k }"#, #"["a", "b"]"#),
    ])
  func tensors(_ line: Line) throws { try line.check() }
}
