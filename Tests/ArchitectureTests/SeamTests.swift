import Testing

@Suite struct SeamTests {
  @Test func everyImportIsInTheTable() throws {
    let files = try SourceFile.all(below: "Sources")
    #expect(files.count > 100)
    for file in files {
      let allowed = try #require(Seams.imports[file.target], "\(file.path) is of no known target")
      for module in file.imports {
        if let users = Seams.toolchain[module] {
          #expect(users?.contains(file.target) ?? true, "\(file.path) imports \(module)")
        } else {
          #expect(allowed.contains(module), "\(file.path) imports \(module)")
        }
      }
    }
  }

  @Test func thePackageDeclaresTheTable() throws {
    let declared = try PackageManifest().dependencies
    let sources = declared.filter { !$0.key.hasSuffix("Tests") }
    #expect(sources == Seams.imports)
    let hasCycle = Seams.imports.keys.contains { reaches($0, from: $0) }
    #expect(!hasCycle)
  }

  /// A test target may use what its own target may use, the target itself, and TestSupport.
  @Test func testsSeeNoMoreThanTheirTarget() throws {
    for (name, found) in try PackageManifest().dependencies where name.hasSuffix("Tests") {
      let target = String(name.dropLast("Tests".count))
      let allowed = (Seams.imports[target] ?? []).union([target, "TestSupport"])
      #expect(found.isSubset(of: allowed), "\(name) depends on \(found.subtracting(allowed))")
    }
    for file in try SourceFile.all(below: "Tests") {
      #expect(
        Set(file.imports).isDisjoint(with: ["COpenBLAS", "CLibedit", "CLineEdit", "XCTest"]),
        "\(file.path)")
    }
  }

  private func reaches(_ target: String, from start: String) -> Bool {
    var seen: Set<String> = []
    var open = Array(Seams.imports[start] ?? [])
    while let next = open.popLast() {
      if next == target { return true }
      if seen.insert(next).inserted { open += Seams.imports[next] ?? [] }
    }
    return false
  }
}
