import Testing

@testable import Shell

@Suite struct HistoryWalkTests {
  private func walk(_ entries: [String]) -> HistoryWalk {
    var walk = HistoryWalk()
    for entry in entries { walk.remember(entry) }
    return walk
  }

  @Test func goesThroughWhatBeginsWithWhatWasTyped() {
    var walk = walk(["load a", "1", "load b", "2"])
    #expect(walk.older(than: "lo", start: "lo") == "load b")
    // The entry that is shown is not searched for in its turn.
    #expect(walk.older(than: "load b", start: "load b") == "load a")
    #expect(walk.older(than: "load a", start: "load a") == nil)
    #expect(walk.newer(than: "load a") == "load b")
    #expect(walk.newer(than: "load b") == "lo")
    #expect(walk.newer(than: "lo") == nil)
  }

  @Test func keepsWhatIsChangedOnTheWay() {
    var walk = walk(["a", "b"])
    #expect(walk.older(than: "", start: "") == "b")
    #expect(walk.older(than: "b + 1", start: "b + 1") == "a")
    #expect(walk.newer(than: "a") == "b + 1")
    walk.end()
    #expect(walk.older(than: "", start: "") == "b")
  }

  @Test func passesOverWhatIsThereAlready() {
    var walk = walk(["a", "b", "a", "a"])
    #expect(walk.entries == ["a", "b", "a"])
    #expect(walk.older(than: "a", start: "") == "b")
  }

  @Test func searchGoesOlderNewerAndBack() {
    let entries = ["one", "two", "three", "two"]
    var search = HistorySearch(in: entries, from: "draft")
    #expect(search.text == "draft")
    #expect(search.follow(.type("t")) && search.text == "two")
    #expect(search.follow(.older) && search.text == "three")
    #expect(search.follow(.type("w")) && search.text == "two" && !search.hasFailed)
    #expect(search.follow(.older) && search.hasFailed && search.text == "two")
    #expect(search.follow(.shorten) && search.query == "t" && search.text == "two")
    #expect(search.follow(.type("x")) && search.hasFailed && search.status == "not found: tx")
    #expect(!search.follow(.giveUp) && search.text == "draft")
  }
}
