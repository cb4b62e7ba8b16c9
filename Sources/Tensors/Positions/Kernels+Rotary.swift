extension Kernels {
  /// Turns each head of `x` by its token's position, in place.
  ///
  /// `x` is `[row, position, head, headWidth]`; `positions` holds, for each row, the absolute
  /// position of each of its live tokens. Tokens beyond them are left as they are.
  /// `backwards` turns the other way, as a gradient does.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func rotary<E: Scalar>(
    _ x: inout Tensor<E>, positions: [[Int]], _ table: RotaryTable<E>, backwards: Bool = false
  ) {
    precondition(x.shape.count == 4 && positions.count == x.shape[0], "positions for each row")
    let (length, heads, headWidth) = (x.shape[1], x.shape[2], x.shape[3])
    precondition(table.rotaryWidth <= headWidth, "a head is at least as wide as its rotation")
    let farthest = positions.reduce(-1) { max($0, $1.max() ?? -1) }
    let angles = table.angles(below: farthest + 1)
    x.mutate { x in
      angles.withUnsafeBufferPointer { angles in
        guard let angles = angles.baseAddress else { return }
        Workers.split(positions.count * length, work: positions.count * length * heads * headWidth)
        { part in
          for token in part where token % length < positions[token / length].count {
            let position = positions[token / length][token % length]
            RotaryTurn.apply(
              x + token * heads * headWidth, heads: heads, headWidth: headWidth,
              angles + position * table.rotaryWidth, pairs: table.rotaryWidth / 2,
              halves: table.layout == .halves, sign: backwards ? -1 : 1)
          }
        }
      }
    }
  }
}

/// One token's rotation, on the calling thread.
enum RotaryTurn {
  static func apply<E: Scalar>(
    _ x: UnsafeMutablePointer<E>, heads: Int, headWidth: Int, _ cosines: UnsafePointer<E>,
    pairs: Int, halves: Bool, sign: E
  ) {
    let sines = cosines + pairs
    for head in 0..<heads {
      let start = x + head * headWidth
      if halves {
        turnHalves(start, start + pairs, cosines, sines, pairs, sign)
      } else {
        for pair in 0..<pairs {
          let (first, second) = (start[2 * pair], start[2 * pair + 1])
          let sine = sines[pair] * sign
          start[2 * pair] = first * cosines[pair] - second * sine
          start[2 * pair + 1] = second * cosines[pair] + first * sine
        }
      }
    }
  }

  @inline(__always)
  private static func turnHalves<E: Scalar>(
    _ left: UnsafeMutablePointer<E>, _ right: UnsafeMutablePointer<E>,
    _ cosines: UnsafePointer<E>, _ sines: UnsafePointer<E>, _ pairs: Int, _ sign: E
  ) {
    var pair = 0
    while pair + 8 <= pairs {
      let (first, second) = (Vector(at: left + pair), Vector(at: right + pair))
      let (cosine, sine) = (Vector(at: cosines + pair), Vector(at: sines + pair) * sign)
      (first * cosine - second * sine).store(to: left + pair)
      (second * cosine + first * sine).store(to: right + pair)
      pair += 8
    }
    while pair < pairs {
      let (first, second) = (left[pair], right[pair])
      let sine = sines[pair] * sign
      left[pair] = first * cosines[pair] - second * sine
      right[pair] = second * cosines[pair] + first * sine
      pair += 1
    }
  }
}
