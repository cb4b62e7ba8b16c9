import Faults
import Transformers

extension Prompt {
  /// The patches of an image as the tokens of a row.
  ///
  /// Values are scaled as the model's `preprocessor_config.json` says, unless the prompt says otherwise;
  /// the row has a note of what was done.
  func imageRow(for model: Model) throws(Fault) -> PromptRow {
    guard let patches = model.description.embedding.patches,
      case .image(let given, let wish) = content
    else {
      throw Fault(
        "wrong-image", "\(model.name) reads images, and was given a text or ids",
        help: "make a prompt of an image:   prompt image: (read_tensor \"image.npy\")")
    }
    guard target == nil else {
      throw Fault("wrong-source", "\(model.name) has one stack of layers: it has no target")
    }
    guard changes.isEmpty else {
      throw Fault(
        "wrong-image", "patches of an image are not masked, dropped or moved like tokens",
        help: "zero what a patch becomes, as in   ablate embed@5")
    }
    guard given.shape == patches.imageShape else {
      throw Fault(
        "wrong-image",
        "the image has the shape \(given.shape), \(model.name) takes \(patches.imageShape)",
        help: "its axes are channel, height and width")
    }
    var image = given
    let scaling = try model.imageScaling(wish)
    if let scaling { image.elements = scaling.scaled(image.elements) }
    var row = PromptRow(
      patches.tokenTexts.enumerated().map { position, text in
        PromptToken(
          id: position, text: text,
          origin: position < patches.leading.count ? .template : .patch)
      })
    row.image = image
    row.imageNote =
      scaling.map { "the image's values: \($0.summary)" }
      ?? "the image's values: as they are, for want of a preprocessor_config.json"
    return row
  }
}
