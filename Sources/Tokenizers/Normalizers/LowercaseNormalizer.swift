/// Lower-cases every scalar by its full mapping, without regard to its neighbours.
struct LowercaseNormalizer: Normalizer {
  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    text.flatMap { scalar, result in
      if scalar.isASCII {
        let isUpper = (0x41...0x5A).contains(scalar.value)
        result.append(isUpper ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
      } else {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
  }
}
