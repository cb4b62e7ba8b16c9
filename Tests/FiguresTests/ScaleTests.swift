import Testing

@testable import Figures

@Suite struct ScaleTests {
  @Test(arguments: [ColourScale.Ground.dark, .light])
  func lightnessRunsOneWay(ground: ColourScale.Ground) {
    let scale = ColourScale(kind: .sequential, ground: ground)
    let steps = (0...20).map { scale.colour(Double($0) / 20).luminance }
    for (a, b) in zip(steps, steps.dropFirst()) { #expect(ground == .dark ? a < b : a > b) }
  }

  @Test func divergesAlikeOnBothSides() {
    let scale = ColourScale(kind: .diverging, ground: .light)
    let (low, middle, high) = (scale.colour(0), scale.colour(0.5), scale.colour(1))
    #expect(abs(low.luminance - high.luminance) < 0.08)
    #expect(middle.luminance > 0.85)
    #expect(low.blue > low.red && high.red > high.blue)
  }

  @Test func centresDivergingNumbersOnZero() {
    let scale = ValueScale([-1, 3, .nan], kind: .diverging)
    #expect(scale.place(0) == 0.5 && scale.place(3) == 1 && scale.place(.nan).isNaN)
  }

  @Test func startsAtZeroWhenNumbersComeNearIt() {
    #expect(ValueScale([0.01, 1], kind: .sequential).low == 0)
    #expect(ValueScale([90, 100], kind: .sequential).low == 90)
  }

  @Test func keepsExtremesFinite() {
    let scale = ValueScale(
      [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude], kind: .sequential)
    #expect(scale.place(0) == 0.5)
    #expect(ValueScale([5, 5], kind: .sequential).place(5).isFinite)
    #expect(!Ticks.between(-.greatestFiniteMagnitude, .greatestFiniteMagnitude, about: 5).isEmpty)
  }

  @Test func ticksAreRound() {
    #expect(Ticks.between(-1.2, 2.3, about: 4) == [-1, 0, 1, 2])
    #expect(Ticks.between(0, 100, about: 5) == [0, 20, 40, 60, 80, 100])
  }

  @Test func findsTheNearestPaletteEntry() {
    #expect(RGB(red: 255, green: 0, blue: 0).paletteIndex == 196)
    #expect(RGB(red: 128, green: 128, blue: 128).paletteIndex == 244)
    #expect(RGB(red: 0, green: 0, blue: 0).paletteIndex == 16)
  }
}
