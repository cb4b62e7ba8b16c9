/// A safetensors header as it stands in the file, before anything in it is believed.
struct HeaderEntries: Codable {
  /// One tensor's entry, with the format's own key names.
  struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  static let metadataKey = "__metadata__"

  var tensors: [(name: String, entry: Entry)]
  var metadata: [String: String]

  init(tensors: [(name: String, entry: Entry)], metadata: [String: String]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    tensors = []
    metadata = [:]
    for key in container.allKeys {
      if key.stringValue == Self.metadataKey {
        metadata = try container.decodeIfPresent([String: String].self, forKey: key) ?? [:]
      } else {
        tensors.append((key.stringValue, try container.decode(Entry.self, forKey: key)))
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    if !metadata.isEmpty {
      try container.encode(metadata, forKey: Key(stringValue: Self.metadataKey))
    }
    for (name, entry) in tensors {
      try container.encode(entry, forKey: Key(stringValue: name))
    }
  }

  /// Any text is a key.
  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
