import Foundation

/// The cosine of `share` half turns.
func cosine(_ share: Double) -> Double { cos(.pi * min(max(share, 0), 1)) }
