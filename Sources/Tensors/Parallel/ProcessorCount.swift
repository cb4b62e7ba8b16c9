import Foundation

/// How many processors this process may use.
enum ProcessorCount {
  static var online: Int { max(ProcessInfo.processInfo.activeProcessorCount, 1) }
}
