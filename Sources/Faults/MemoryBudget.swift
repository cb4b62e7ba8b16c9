import Foundation

/// How much memory one piece of work may take: the one place that says so.
///
/// It is looked at before anything large is made. Nothing can be done once memory has run out.
public enum MemoryBudget {
  /// Half of what is there for the process: of the machine's memory, of that of its control group,
  /// and of the address space that its limits leave.
  public static var bytes: Double {
    min(half, addressSpace / 2)
  }

  /// Refuses what would take more than the budget, with the code `over-budget`.
  ///
  /// - Parameters:
  ///   - bytes: What it would take, as a floating-point number, so that products of what users give
  ///     are never too large.
  ///   - what: What would take it, as the subject of "needs".
  ///   - help: What to do about it.
  public static func check(_ bytes: Double, for what: String, help: String? = nil) throws(Fault) {
    // Reading the limits costs more than small work does.
    guard bytes > 16e6 || bytes.isNaN else { return }
    let most = self.bytes
    guard bytes <= most else {
      throw Fault(
        "over-budget",
        "\(what) needs \(size(bytes)) of memory, and at most \(size(most)) may be taken at once",
        help: help)
    }
  }

  /// The memory of the machine and of its control group, halved.
  private static let half: Double = {
    var least = Double(sysconf(Int32(_SC_PHYS_PAGES))) * pageSize
    for file in ["memory.max", "memory/memory.limit_in_bytes"] {
      if let text = try? String(contentsOfFile: "/sys/fs/cgroup/" + file, encoding: .utf8),
        let limit = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)), limit > 0
      {
        least = min(least, limit)
      }
    }
    return least / 2
  }()

  private static let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))

  /// The address space that is left; infinite where nothing limits it.
  private static var addressSpace: Double {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur != rlim_t.max
    else { return .infinity }
    let pages =
      (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))
      .flatMap { $0.split(separator: " ").first }.flatMap { Double($0) } ?? 0
    return max(0, Double(limit.rlim_cur) - pages * pageSize)
  }

  private static func size(_ bytes: Double) -> String {
    guard bytes.isFinite else { return "endlessly much" }
    let units = ["MB", "GB", "TB", "PB"]
    var (number, unit) = (bytes / 1e6, 0)
    while number >= 1000, unit < units.count - 1 { (number, unit) = (number / 1000, unit + 1) }
    let digits = number < 10 ? 10.0 : 1
    let rounded = (number * digits).rounded() / digits
    return "\(rounded == rounded.rounded() ? String(format: "%.0f", rounded) : "\(rounded)") "
      + units[unit]
  }
}
