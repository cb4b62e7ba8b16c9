import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct MappedFileTests {
  let folder: TemporaryFolder
  let place: URL

  init() throws {
    folder = try TemporaryFolder()
    place = try folder.write("w.bin", Data(repeating: 7, count: 100_000))
  }

  private func isChanged(_ file: MappedFile) -> Bool {
    checkpointError { () throws(CheckpointError) in try file.verify() } == .changed(file: place)
  }

  @Test func lostPagesReadAsZerosAndAreTold() throws {
    let file = try MappedFile(place)
    #expect(file.bytes[99_999] == 7)
    #expect(!isChanged(file))
    #expect(truncate(place.path, 10_000) == 0)
    // Without a handler this ends the process; on other threads too.
    let sum = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 8) { part in
      let own = file.bytes[20_000 + part * 10_000..<30_000 + part * 10_000].reduce(0) {
        $0 + Int($1)
      }
      sum.withLock { $0 += own }
    }
    #expect(sum.withLock { $0 } == 0)
    #expect(isChanged(file))
    // It is no better when the bytes come back.
    try Data(repeating: 7, count: 100_000).write(to: place)
    #expect(isChanged(file))
  }

  @Test func writingInPlaceIsTold() throws {
    let file = try MappedFile(place)
    let handle = try FileHandle(forWritingTo: place)
    try handle.write(contentsOf: Data([1, 2, 3]))
    try handle.close()
    #expect(isChanged(file))
  }

  @Test func settingTheTimeBackHidesNothing() throws {
    let file = try MappedFile(place)
    var status = stat()
    #expect(stat(place.path, &status) == 0)
    let handle = try FileHandle(forWritingTo: place)
    try handle.write(contentsOf: Data([1, 2, 3]))
    try handle.close()
    #expect(utimensat(AT_FDCWD, place.path, [status.st_atim, status.st_mtim], 0) == 0)
    #expect(isChanged(file))
  }

  @Test func whatLeavesTheBytesAloneIsNoChange() throws {
    let file = try MappedFile(place)
    #expect(chmod(place.path, 0o400) == 0)
    #expect(!isChanged(file))
    let other = try MappedFile(place)
    let fresh = try folder.write("new.bin", Data(repeating: 1, count: 5))
    #expect(rename(fresh.path, place.path) == 0)
    #expect(!isChanged(other) && other.bytes[50_000] == 7)
    let unlinked = try MappedFile(place)
    #expect(unlink(place.path) == 0)
    #expect(!isChanged(unlinked))
  }
}
