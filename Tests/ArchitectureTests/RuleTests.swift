import Testing

/// What no source may hold, found by looking at the text.
@Suite struct RuleTests {
  private let unsafeNames = [
    "withUnsafe", "UnsafeMutable", "UnsafeRaw", "UnsafeBuffer", "UnsafePointer",
  ]
  private let traps = [
    "fatalError(", "try!", " as! ", "preconditionFailure(", "assertionFailure(",
    "unsafelyUnwrapped",
  ]

  @Test func unsafePointersStayWhereTheyBelong() throws {
    var users: Set<String> = []
    for file in try SourceFile.all(below: "Sources")
    where !Seams.unsafeTargets.contains(file.target) && !file.places(of: unsafeNames).isEmpty {
      users.insert(file.path)
    }
    #expect(users.subtracting(Seams.unsafeFiles) == [], "not listed")
    #expect(Seams.unsafeFiles.subtracting(users) == [], "listed without need")
  }

  @Test func nothingTrapsOnPurpose() throws {
    for file in try SourceFile.all(below: "Sources") {
      #expect(file.places(of: traps) == [])
    }
  }

  @Test func filesAreShort() throws {
    for file in try SourceFile.all(below: "Sources") + SourceFile.all(below: "Tests") {
      #expect(file.lines.count <= Seams.longestFile, "\(file.path)")
    }
  }

  @Test func nothingIsLeftForLater() throws {
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
    for folder in ["Sources", "Tests", "scripts", "docs", "examples"] {
      for file in try SourceFile.all(below: folder, ["swift", "c", "h", "sh", "py", "md", "probe"])
      {
        for (index, line) in file.lines.enumerated() {
          let words = line.split { !$0.isLetter }
          #expect(!words.contains { marks.contains(String($0)) }, "\(file.path):\(index + 1)")
        }
      }
    }
  }

  /// The rules above would pass on anything if these patterns matched nothing.
  @Test func thePatternsMatchWhatTheyShould() {
    let file = SourceFile(
      path: "Sources/Here/There.swift",
      text: """
        @testable import Alpha
        import struct Beta.Gamma
        private import Delta  // import Epsilon
        let a = try! f() as! G  // fine: as!
        // let p: UnsafePointer<Int>
        p.withUnsafeBytes { (q: UnsafeMutableRawPointer) in fatalError("") }
        let unsafe = "tryst!"
        """)
    #expect(file.target == "Here")
    #expect(file.imports == ["Alpha", "Beta", "Delta"])
    #expect(file.places(of: traps) == ["Sources/Here/There.swift:4", "Sources/Here/There.swift:6"])
    #expect(file.places(of: unsafeNames) == ["Sources/Here/There.swift:6"])
    let package = PackageManifest(
      text: """
        // .target(name: "Old", dependencies: ["A"]),
        .target(name: "A"),
        .systemLibrary(name: "B", pkgConfig: "b"),
        .testTarget(
          name: "ATests", dependencies: ["A",
          "B"]),
        """)
    #expect(package.dependencies == ["A": [], "B": [], "ATests": ["A", "B"]])
  }
}
