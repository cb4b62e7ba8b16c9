import Analysis
import Foundation
import Language
import Synchronization
import Tensors
import Transformers

/// What a session has on its bench: the loaded models, which of them is in use, the interventions
/// that are active on each, and the last run.
///
/// Commands reach all of it through this one value; the values that they give away do not change.
public final class Workbench: Sendable {
  /// The settings that commands read at every run.
  public let settings: SessionSettings
  /// The flag that stops what runs; kernels and commands look at the same one.
  public let interruption: Interruption
  private let state = Mutex(State())

  /// All that entries can change.
  ///
  /// Ids are counted apart, since none is ever used again.
  struct State: Sendable {
    var models: [LoadedModel] = []
    var current: String?
    var lastRun: LastRun?
    var notedIDs: [Int] = []
  }
  private let nextID = Mutex(1)
  /// How many uses of models there were when their files were last looked at.
  let verifiedUses = Atomic(0)

  /// An empty bench.
  ///
  /// Long matrix products stop when `interruption` asks for it.
  public init(settings: SessionSettings, interruption: Interruption) {
    self.settings = settings
    self.interruption = interruption
    Workers.cancellation = { interruption.isRequested }
    if let threads = settings.threads { Workers.threads = threads }
  }

  /// Reads the state.
  func read<Result>(_ body: (State) -> Result) -> Result {
    state.withLock { body($0) }
  }

  /// Changes the state.
  func change<Result>(_ body: (inout State) -> Result) -> Result {
    state.withLock { body(&$0) }
  }

  /// An id that was never given before.
  func newID() -> Int {
    nextID.withLock { next in
      defer { next += 1 }
      return next
    }
  }

  /// Remembers the state, and gives the action that brings it back.
  public func savepoint() -> @Sendable () -> Void {
    let saved = read { $0 }
    return { [self] in change { $0 = saved } }
  }
}

/// A model on the bench, under the name that the session knows it by.
struct LoadedModel: Sendable {
  let name: String
  let model: Model
  var active: [AppliedIntervention] = []
}

/// An intervention that is in force.
struct AppliedIntervention: Sendable {
  let active: ActiveIntervention
  /// Whether it holds only inside a `with`.
  let isScoped: Bool

  var id: Int { active.id }
}
