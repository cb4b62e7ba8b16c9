import Analysis
import Language
import Transformers

extension Workbench {
  var promptCommand: Builtin {
    Builtin(
      "prompt", "Makes a prompt of a text, or of token ids.",
      Parameter<String?>("text", "The text.", .piped),
      Parameter<[Int]?>(
        "ids", "Token ids instead, for a model without a tokenizer.", .named, in: .from(0)),
      Parameter<[Int]?>("types", "A segment id for each of the ids.", .named, in: .from(0)),
      Parameter<String?>("pair", "A second text, for models that take pairs.", .named),
      Parameter<NumberArray?>(
        "image", "An image [channel, height, width] instead, for models that read images.", .named),
      Parameter<Bool?>(
        "rescale", "Whether an image's values are multiplied by the model's rescale_factor.",
        .named),
      Parameter<Bool?>(
        "normalize", "Whether they are normalised by the model's image_mean and image_std.",
        .named),
      Parameter<String?>(
        "target", "What the decoder has so far, for models that translate.", .named),
      Parameter<[Int]?>("target_ids", "Ids of it instead.", .named, in: .from(0)),
      returns: "prompt", family: .prompts, alsoFoundAs: ["text", "input", "tokenize"],
      details: """
        A prompt keeps its text and is cut into tokens for the model that it runs on. One made of \
        ids belongs to the vocabulary of the model in use and refuses another. For a model with an \
        encoder and a decoder the text is the source; the decoder has its start token, and behind \
        it the `target`. An image's tokens are its patches, called by row and column (@"0,1"). \
        Values are rescaled and normalised as the model's preprocessor_config.json says (mostly: \
        whole numbers up to 255 are wanted), whatever they are; for an image from 0 to 1 say \
        `rescale: false`, for one that has the values that the model expects `normalize: false` as \
        well. What was done is shown with the prompt, its tokens and its prediction.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (prompt "the cat").tokens"#, shows: "A text and its tokens.",
          gives: .strings("t", "h", "e", " ", "c", "a", "t")),
        Example(
          #"load "random-tiny"; (prompt ids: [104, 105]).tokens"#, shows: "A prompt of ids.",
          gives: .strings("h", "i")),
        Example(
          "prompt()", shows: "There must be something in it.", gives: .fails("missing-argument")),
      ]
    ) {
      [self] _, text, ids, types, pair, image, rescale, normalize, target, targetIDs
        throws(Failure) in
      if image == nil, rescale != nil || normalize != nil {
        throw Failure(
          "conflicting-arguments", "only the values of an image are rescaled and normalised",
          argument: rescale == nil ? "normalize" : "rescale")
      }
      var prompt =
        if let image {
          try Self.imagePrompt(
            image, ImageScaling.Wish(rescale: rescale, normalize: normalize),
            isAlone: text == nil && ids == nil && pair == nil)
        } else {
          try makePrompt(text, ids, types, pair)
        }
      if target != nil, targetIDs != nil {
        throw Failure(
          "conflicting-arguments", "a target is made of a text or of ids, not of both",
          argument: "target_ids")
      }
      prompt.target = target.map { .text($0) } ?? targetIDs.map { .ids($0) }
      return .host(PromptValue(prompt: prompt, workbench: self))
    }
  }

  private static func imagePrompt(
    _ image: NumberArray, _ wish: ImageScaling.Wish, isAlone: Bool
  ) throws(Failure) -> Prompt {
    guard isAlone else {
      throw Failure(
        "conflicting-arguments", "a prompt is made of an image or of a text or ids, not of both",
        argument: "image")
    }
    guard image.shape.count == 3 else {
      throw Failure(
        "shape-mismatch", "an image has three axes, this tensor has \(image.shape.count)",
        argument: "image", help: "its axes are channel, height and width")
    }
    return Prompt(.image(image, wish))
  }

  private func makePrompt(
    _ text: String?, _ ids: [Int]?, _ types: [Int]?, _ pair: String?
  ) throws(Failure) -> Prompt {
    switch (text, ids) {
    case (let text?, nil):
      if types != nil {
        throw Failure(
          "conflicting-arguments", "`types` goes with `ids`", argument: "types",
          help: "a text gets its segments from the tokenizer; give a second text as `pair`")
      }
      return Prompt(text, pair: pair)
    case (nil, let ids?):
      if pair != nil {
        throw Failure(
          "conflicting-arguments", "`pair` goes with a text", argument: "pair",
          help: "give ids of both texts, and `types` to tell them apart")
      }
      let size = try current().model.description.vocabularySize
      return Prompt(.ids(ids, types: types, vocabularySize: size))
    case (nil, nil):
      throw Failure(
        "missing-argument", "a prompt needs a text or ids", argument: "text",
        help: #"prompt "Once upon a time"   or   prompt ids: [5, 9, 12]"#)
    case (_?, _?):
      throw Failure(
        "conflicting-arguments", "a prompt is made of a text or of ids, not of both",
        argument: "ids")
    }
  }
}
