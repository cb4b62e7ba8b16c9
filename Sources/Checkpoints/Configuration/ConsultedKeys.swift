import Synchronization

/// Which keys of a configuration somebody asked for.
public final class ConsultedKeys: Sendable {
  private let keys = Mutex<Set<String>>([])

  /// A record without keys.
  public init() {}

  func add(_ key: String) { keys.withLock { _ = $0.insert(key) } }

  func contains(_ key: String) -> Bool { keys.withLock { $0.contains(key) } }
}

extension Configuration {
  /// The same configuration, whose keys are recorded when they are asked for.
  public func recording(in consulted: ConsultedKeys) -> Configuration {
    var recording = self
    recording.consulted = consulted
    return recording
  }

  /// Settings that nobody asked for, each as `key: value`, in alphabetical order of the keys.
  ///
  /// - Parameters:
  ///   - plain: The keys that are looked at, each with the values, written as in JSON, that say what
  ///     holds without the key too. Empty lists and objects always do, and so does a list of nothing
  ///     but such values.
  ///   - consulted: What was asked for.
  public func settings(_ plain: [String: Set<String>], besides consulted: ConsultedKeys) -> [String]
  {
    plain.keys.sorted().compactMap { key in
      guard let values = plain[key], !consulted.contains(place + key), let value = self.values[key],
        !value.isPlain(values)
      else { return nil }
      return "\(key): \(value.summary)"
    }
  }
}

extension ConfigurationValue {
  fileprivate func isPlain(_ plain: Set<String>) -> Bool {
    switch self {
    case .null: true
    case .list(let values): values.allSatisfy { $0.isPlain(plain) }
    case .object(let values): values.isEmpty
    default: plain.contains(summary)
    }
  }
}
