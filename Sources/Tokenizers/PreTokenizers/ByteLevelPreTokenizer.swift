/// GPT-2's pre-tokenizer: cuts by its pattern and writes bytes in the byte alphabet.
struct ByteLevelPreTokenizer: PreTokenizer {
  let addsPrefixSpace: Bool
  let usesPattern: Bool

  func split(_ input: inout SplitText) throws(TokenizerError) {
    var output = SplitText()
    output.text.scalars.reserveCapacity(input.text.scalars.count * 5 / 4)
    output.text.sources.reserveCapacity(input.text.scalars.count * 5 / 4)
    output.splits.reserveCapacity(input.text.scalars.count / 4)
    for split in input.splits {
      if split.token != nil {
        output.append(input.text, split.range, token: split.token)
      } else if addsPrefixSpace, input.text.scalars[split.range.lowerBound] != " " {
        var prefixed = input.text.part(split.range)
        prefixed.prepend([" "])
        append(prefixed, 0..<prefixed.scalars.count, to: &output)
      } else {
        append(input.text, split.range, to: &output)
      }
    }
    input = output
  }

  private func append(_ text: AlignedText, _ range: Range<Int>, to output: inout SplitText) {
    var position = range.lowerBound
    while position < range.upperBound {
      let end =
        usesPattern
        ? GPT2Pattern.end(of: text.scalars, from: position, to: range.upperBound)
        : range.upperBound
      let start = output.text.scalars.count
      for index in position..<end {
        let bytes = UTF8.encode(text.scalars[index]) ?? UTF8.encodedReplacementCharacter
        for byte in bytes {
          output.text.append(ByteAlphabet.scalars[Int(byte)], from: text.sources[index])
        }
      }
      output.closeSplit(from: start)
      position = end
    }
  }
}

extension PreTokenizer {
  /// The same, byte levels with or without a space before a text.
  func addingPrefixSpace(_ space: Bool) -> any PreTokenizer {
    switch self {
    case let bytes as ByteLevelPreTokenizer:
      ByteLevelPreTokenizer(addsPrefixSpace: space, usesPattern: bytes.usesPattern)
    case let sequence as PreTokenizerSequence:
      PreTokenizerSequence(stages: sequence.stages.map { $0.addingPrefixSpace(space) })
    default: self
    }
  }
}
