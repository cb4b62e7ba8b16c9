import Foundation
import Testing

@testable import Library

@Suite("Corpora in the language") struct CorpusCommandTests {
  @Test(
    arguments: [
      (#"corpus([]).count"#, "empty-corpus: there are no texts in the list"),
      (#"corpus [1]"#, "wrong-type: element 0 is a number, not a text"),
      (#"corpus [{a: 1}]"#, "missing-column: element 0: no column holds the text; there are a"),
      (#"corpus ["a"] split: "nope""#, #"unknown-choice: there is no split "nope""#),
      (#"corpus "english" count: -1"#, "out-of-range: `count` must be from 0 to 10000000, not -1"),
      (
        #"corpus "english" kinds: {plain: -1}"#,
        "bad-argument: shares are numbers from 0 upwards, and one of them is above 0"
      ),
      (#"corpus(["a b", "c d"])[5]"#, "index-out-of-range: there is no element 5 in the corpus"),
      (#"corpus(["a b", "c d"])[-1].text"#, "c d"),
      (#"corpus(["a b", "c d"])[0..0].texts"#, #"["a b"]"#),
      (#"corpus ["a b", "c d"] | each { it.text }"#, #"["a b", "c d"]"#),
      (#"(corpus ["b", "a"] | sort { it.text }).texts"#, #"["a", "b"]"#),
      (#"(corpus ["b", "a"] | sort "text" | reverse).texts"#, #"["b", "a"]"#),
      (#"(corpus ["b", "a"] | each { it }).count"#, "2"),
      (#"corpus ["b", "a"] | first | { it.text }"#, "b"),
      (#"corpus ["b", "a"] | count { it.text == "a" }"#, "1"),
      (#"corpus(["b", "a"]) == corpus(["b", "a"])"#, "true"),
      (#"corpus(["b", "a"]) == corpus(["b", "c"])"#, "false"),
      (#"(corpus [{text: "x", n: 3}])[0].n"#, "3"),
      (#"(corpus ["b", "a"]).elements | each { it.text } | last"#, "a"),
      (#"corpus [{text: "x", n: 3}] | to_json"#, #"[{"text": "x", "n": "3"}]"#),
      (
        #"(corpus "english" count: 30 seed: 3 by: "sentence" | where { it.sentences > 1 }).count"#,
        "0"
      ),
      (#"sentences []"#, "empty-corpus: there are no texts to work on"),
      (#"[1, 2, 3] | sample -1"#, "out-of-range: `count` must be 0 or more, not -1"),
    ]) func lines(code: String, result: String)
  {
    let found = Bench().text(code)
    #expect(found == result, "\(code)")
  }

  @Test func alignmentShowsBothSides() {
    let bench = Bench()
    #expect(
      bench.text(
        #"load "random-tiny"; alignment ["ab", "c"] | where { it.text == 1 } | { it.word }"#)
        == #"["c"]"#)
  }

  @Test func aTextIsAPrompt() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let c = corpus "english" count: 3 seed: 1"#)
    #expect(bench.text("(batch c).count") == "3")
    #expect(bench.text("(predict c[0] top: 2) | len") == "2")
  }
}
