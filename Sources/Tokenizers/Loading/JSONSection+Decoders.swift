extension JSONSection {
  /// The decoder that the section describes.
  func decoder() throws(TokenizerError) -> any PieceDecoder {
    switch try type() {
    case "Sequence":
      var stages: [any PieceDecoder] = []
      for stage in try required("decoders").elements() {
        stages.append(try stage.decoder())
      }
      return PieceDecoderSequence(stages: stages)
    case "ByteLevel": return ByteLevelDecoder()
    case "ByteFallback": return ByteFallbackDecoder()
    case "Fuse": return FuseDecoder()
    case "WordPiece":
      return WordPieceDecoder(
        prefix: Array(try optional("prefix")?.string().utf8 ?? "##".utf8),
        cleansUp: try bool("cleanup", default: true))
    case "Metaspace":
      return MetaspaceDecoder(
        replacement: utf8(CollectionOfOne(try scalar("replacement"))),
        dropsFirst: try prependScheme() != .never)
    case "BPEDecoder":
      return SuffixDecoder(suffix: Array(try optional("suffix")?.string().utf8 ?? "</w>".utf8))
    case "Strip":
      return StripDecoder(
        content: utf8(CollectionOfOne(try scalar("content"))),
        start: try required("start").count(), stop: try required("stop").count())
    case "Replace":
      return ReplaceDecoder(pattern: try pattern(), content: try scalars("content"))
    case "CTC":
      return ConnectionistDecoder(
        padding: Array(try string("pad_token").utf8),
        wordDelimiter: Array(try string("word_delimiter_token").utf8),
        cleansUp: try bool("cleanup", default: true))
    case let type: throw unsupported("a decoder of type `\(type)`")
    }
  }
}
