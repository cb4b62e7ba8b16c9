/// Choices that follow the strength of links: ln p of member j picking i is, up to what makes p sum to
/// one, Σ over gates g of G_g[j, i] · (c_g + a_g · v_i + b_g · v_j).
///
/// Without vectors only c is learnt: a conditional logit over the gates (McFadden 1974, Conditional
/// logit analysis of qualitative choice behavior). With vectors only a and b are, so that what two
/// members are decides which links count. Nobody has the zero vector, gates that mix those of the
/// anchors by learnt shares, and a learnt constant.
public struct GatedChoice: ChoiceModel {
  private let gateCount: Int
  private let anchorCount: Int
  private let width: Int
  private var adam: Adam

  /// A model that knows nothing yet.
  ///
  /// - Parameters:
  ///   - gates, anchors, width: As the groups that it will see have them.
  ///   - rate: How far a step of Adam goes.
  public init(gates: Int, anchors: Int, width: Int = 0, rate: Double = 0.002) {
    gateCount = gates
    anchorCount = anchors
    self.width = width
    let weights = gates * max(2 * width, 1)
    adam = Adam(
      [Double](repeating: 0, count: weights)
        + [Double](repeating: 1 / Double(max(anchors, 1)), count: anchors) + [0], rate: rate)
  }

  /// The weight of each gate, in a model without vectors.
  public var gateWeights: [Double] {
    width == 0 ? Array(adam.parameters.elements.prefix(gateCount)) : []
  }

  /// How well each candidate suits each member, [member, candidate + nobody].
  public func scores(_ group: ChoiceGroup) -> [Double] {
    let parameters = adam.parameters.elements
    return scores(group, factors(group, parameters), mixed(group, parameters), parameters)
  }

  /// Moves one step towards the choices of a group, and gives −ln p of them before the step.
  public mutating func learn(_ group: ChoiceGroup) -> Double {
    let (gradient, value) = slope(group, adam.parameters.elements)
    adam.step(gradient)
    return value
  }

  /// −Σ ln p of the choices, and its gradient by the parameters.
  func slope(_ group: ChoiceGroup, _ parameters: [Double]) -> (gradient: [Double], value: Double) {
    let factors = factors(group, parameters)
    let mixed = mixed(group, parameters)
    let (slope, value) = group.surprise(scores(group, factors, mixed, parameters))
    return (gradient(group, slope, factors, mixed, parameters), value)
  }

  /// How many parameters there are.
  var parameterCount: Int { adam.parameters.count }

  private var constant: Int { gateCount * max(2 * width, 1) + anchorCount }

  /// What multiplies each gate: the candidate's part and the member's, [gate, member] each.
  private func factors(_ group: ChoiceGroup, _ parameters: [Double]) -> (
    candidate: [Double], member: [Double]
  ) {
    let count = group.count
    var candidate = [Double](repeating: 0, count: gateCount * count)
    var member = candidate
    for gate in 0..<gateCount {
      for place in 0..<count {
        if width == 0 {
          member[gate * count + place] = parameters[gate]
          continue
        }
        var (first, second) = (0.0, 0.0)
        for index in 0..<width {
          let entry = Double(group.vectors[place * width + index])
          first += parameters[2 * gate * width + index] * entry
          second += parameters[(2 * gate + 1) * width + index] * entry
        }
        candidate[gate * count + place] = first
        member[gate * count + place] = second
      }
    }
    return (candidate, member)
  }

  /// The gates to nobody, [gate, member].
  private func mixed(_ group: ChoiceGroup, _ parameters: [Double]) -> [Double] {
    let size = gateCount * group.count
    var mixed = [Double](repeating: 0, count: size)
    for anchor in 0..<anchorCount {
      let share = parameters[gateCount * max(2 * width, 1) + anchor]
      for place in 0..<size { mixed[place] += share * Double(group.anchors[anchor * size + place]) }
    }
    return mixed
  }

  private func scores(
    _ group: ChoiceGroup, _ factors: (candidate: [Double], member: [Double]), _ mixed: [Double],
    _ parameters: [Double]
  ) -> [Double] {
    let count = group.count
    let row = count + 1
    var scores = [Double](repeating: 0, count: count * row)
    for member in 0..<count { scores[member * row + count] = parameters[constant] }
    for gate in 0..<gateCount {
      for member in 0..<count {
        let own = factors.member[gate * count + member]
        let start = (gate * count + member) * count
        for candidate in 0..<count {
          scores[member * row + candidate] +=
            Double(group.gates[start + candidate])
            * (own + factors.candidate[gate * count + candidate])
        }
        scores[member * row + count] += mixed[gate * count + member] * own
      }
    }
    for member in 0..<count { scores[member * row + member] = -.infinity }
    return scores
  }

  /// The gradient of the parameters, from that of the scores.
  private func gradient(
    _ group: ChoiceGroup, _ slope: [Double], _ factors: (candidate: [Double], member: [Double]),
    _ mixed: [Double], _ parameters: [Double]
  ) -> [Double] {
    let count = group.count
    let row = count + 1
    var gradient = [Double](repeating: 0, count: parameters.count)
    for gate in 0..<gateCount {
      var toCandidate = [Double](repeating: 0, count: count)
      for member in 0..<count {
        let start = (gate * count + member) * count
        let nobody = slope[member * row + count]
        var toMember = nobody * mixed[gate * count + member]
        for candidate in 0..<count where candidate != member {
          let change = slope[member * row + candidate] * Double(group.gates[start + candidate])
          toMember += change
          toCandidate[candidate] += change
        }
        add(toMember, of: member, group, at: width == 0 ? gate : 2 * gate + 1, to: &gradient)
        for anchor in 0..<anchorCount {
          let link = Double(group.anchors[(anchor * gateCount + gate) * count + member])
          gradient[constant - anchorCount + anchor] +=
            nobody * link * factors.member[gate * count + member]
        }
        if gate == 0 { gradient[constant] += nobody }
      }
      guard width > 0 else { continue }
      for candidate in 0..<count {
        add(toCandidate[candidate], of: candidate, group, at: 2 * gate, to: &gradient)
      }
    }
    return gradient
  }

  /// Adds `factor` times a member's vector (or times one, without vectors) to a row of weights.
  private func add(
    _ factor: Double, of member: Int, _ group: ChoiceGroup, at row: Int,
    to gradient: inout [Double]
  ) {
    guard factor != 0 else { return }
    if width == 0 {
      gradient[row] += factor
      return
    }
    for index in 0..<width {
      gradient[row * width + index] += factor * Double(group.vectors[member * width + index])
    }
  }
}
