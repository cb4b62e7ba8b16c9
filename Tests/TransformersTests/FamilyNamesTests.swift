import Checkpoints
import Foundation
import TestSupport
import Testing
import Transformers

/// A model that is made from its configuration alone asks for the tensors that a checkpoint of its
/// family holds, so that what is trained can be stored as other programs expect it.
@Suite struct FamilyNamesTests {
  @Test(arguments: [
    "roberta-prelayernorm", "roberta-prelayernorm-tasks", "roberta-labels", "bert-labels", "mbart",
    "vit-oblong",
  ])
  func aConfigurationAloneNamesTheTensorsOfACheckpoint(name: String) throws {
    let checkpoint = try Checkpoint(
      contentsOf: SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/\(name)"))
    let family = try Families.family(of: checkpoint.configuration)
    let none = TensorNames(prefix: family.prefixes[0]) { _ in false }
    let description = try family.describe(checkpoint.configuration, none)
    let names = family.names(description, none)
    let required = names.required(by: description)
    let optional: Set<String> = ["final_logits_bias"]
    #expect(Set(required.map(\.name)) == Set(checkpoint.names).subtracting(optional))
    for tensor in required {
      let stored = names.storedShapes[tensor.name]?.stored ?? tensor.shape
      #expect(checkpoint.stored(tensor.name)?.shape == stored, "\(tensor.name)")
    }
  }
}
