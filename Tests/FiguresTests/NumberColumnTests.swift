import Testing

@testable import Figures

@Suite struct NumberColumnTests {
  @Test func sharesPlacesBehindThePoint() {
    #expect(NumberColumn.texts([0.61234, 0.2, 0.05]) == ["0.6123", "0.2000", "0.0500"])
    #expect(NumberColumn.texts([12.5, 1.25]) == ["12.50", "1.25"])
  }

  @Test func keepsWholeNumbersWhole() {
    #expect(NumberColumn.texts([3, 12, -1]) == ["3", "12", "-1"])
  }

  @Test func neverPrintsSomethingAsNothing() {
    #expect(NumberColumn.texts([0.5, 3.2e-7, 0]) == ["0.5000", "3.2e-7", "0.0000"])
  }

  @Test func writesWhatIsNotFinite() {
    #expect(NumberColumn.texts([0.5, .nan, -.infinity]) == ["0.5000", "NaN", "-Infinity"])
  }

  @Test func cellsAreShort() {
    #expect(NumberColumn.cells([1, 0.123, 0, 1e-9]) == ["1.00", "0.12", "0", "0.00"])
    #expect(NumberColumn.cells([-0.001, .nan, .infinity, 0.3]) == ["0.00", "NaN", "∞", "0.30"])
  }
}
