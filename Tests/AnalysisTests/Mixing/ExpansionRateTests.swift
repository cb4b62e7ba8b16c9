import Analysis
import Tensors
import TestSupport
import Testing
import Transformers

@Suite struct ExpansionRateTests {
  /// The rows of the map are what single coordinates become, and the last one what the bias does.
  @Test(arguments: [true, false])
  func itIsTheLengthOfTheMap(isCausal: Bool) throws {
    let model = isCausal ? try TinyModels.gpt2() : try TinyModels.bert()
    let runtime = try model.runtime(.double)
    let experiment = Experiment(model: model, runtime: runtime)
    for place in model.description.attentionPlaces {
      let attention = model.description.attention(at: place)
      let width = model.description.width
      var values = [Double](
        repeating: 0, count: (width + 1) * attention.groups * attention.headWidth)
      for head in 0..<attention.heads {
        let weights = try runtime.headWeights(
          stack: place.stack, layer: place.layer, head: head, isCross: place.isCross)
        let group = attention.group(ofHead: head)
        for column in 0..<attention.headWidth {
          var bias = weights.valueBias?[column] ?? 0
          for row in 0..<width {
            let weight = weights.value[row, column]
            let start = (row * attention.groups + group) * attention.headWidth
            values[start + column] = (weights.sourceNorm?.gain[row] ?? 1) * weight
            bias += (weights.sourceNorm?.bias?[row] ?? 0) * weight
          }
          values[(width * attention.groups + group) * attention.headWidth + column] = bias
        }
      }
      let shape = [width + 1, attention.groups, attention.headWidth]
      let outputs = try runtime.sourceOutputs(
        .double(Tensor([.position, .group, .headWidth], shape, values)), of: place
      ).doubles
      var square = 1.0
      for row in 0...width {
        for column in 0..<width {
          let sum = (0..<attention.heads).reduce(0.0) {
            $0 + outputs[(row * attention.heads + $1) * width + column]
          }
          square += sum * sum
        }
      }
      let rate = try experiment.expansionRate(of: place)
      #expect(abs(rate - (square / Double(width + 1)).squareRoot()) < 1e-9)
    }
  }
}
