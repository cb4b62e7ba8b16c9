import Corpora
import Foundation
import Testing
import Transformers

@testable import Analysis

@Suite struct HeadCardTests {
  private func rows(_ texts: [String], _ model: Model) throws -> [AnnotatedRow] {
    try texts.map { try AnnotatedRow(AnnotatedText(cutting: $0), for: model) }
  }

  @Test func aCardHoldsWhatItsPartsSay() throws {
    let model = try Model.randomTiny()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let place = HeadPlace(layer: 1, head: 2)
    let rows = try rows(["the cat sat", "a dog saw the cat", "the dog"], model)
    let card = try experiment.headCard(of: place, over: rows, seed: 1)
    #expect(card.neighbours.count == 7 && !card.neighbours.contains { $0.place == place })
    #expect(card.neighbours.map(\.distance) == card.neighbours.map(\.distance).sorted())
    let size = try HeadSize.measure([place], of: experiment.runtime)[0]
    #expect(card.size.norm == size.norm)
    #expect(card.losses.count == 1 && card.losses[0].count == 3)
    let tasks = try model.predictionTasks(rows.map(\.row), seed: 1)
    let baseline = try experiment.losses(tasks)
    let without = try experiment.losses(without: place, tasks)
    #expect(abs(card.losses[0].gain.value - (without.mean - baseline.mean)) < 1e-12)
    #expect(card.targets.allSatisfy { $0.share.value <= 1.0000001 })
  }

  @Test func sharedLayersGiveTheLossesOfWholeRuns() throws {
    let tiny = try Model.randomTiny()
    for model in [tiny, try TinyModels.mbart()] {
      var experiment = Experiment(model: model, runtime: try model.runtime(.double))
      if model.description.encoder == nil {
        experiment.active = [
          ActiveIntervention(
            id: 1, Intervention(.zero, at: try Address(parsing: "L0.mlp")))
        ]
      }
      var texts = ["the cat sat", "a dog saw the cat", "the dog"].map {
        AnnotatedText(cutting: $0)
      }
      if model.description.encoder != nil {
        for index in texts.indices { texts[index].target = "the dog sat" }
      }
      let rows = try texts.map { try AnnotatedRow($0, for: model).row }
      let tasks = try model.predictionTasks(rows, seed: 1)
      let places = model.description.allHeads
      let found = try experiment.losses(withoutEach: places, tasks)
      #expect(found.count == places.count)
      for (place, found) in zip(places, found) {
        let edit = Edit(
          id: Experiment.ownEdit, site: place.z, components: [place.head], action: .zero)
        let whole = try experiment.losses(tasks, changes: { _ in [edit] })
        #expect(found.counts == whole.counts)
        for (one, other) in zip(found.sums, whole.sums) { #expect(abs(one - other) < 1e-9) }
      }
      let strongest = try experiment.strongestWriting(of: [places[places.count - 1]], top: 3)
      let vocabulary = try experiment.vocabulary(
        of: places[places.count - 1], directions: 1, top: 3)
      #expect(strongest.entries[0].map(\.id) == vocabulary.directions[0].writes.map(\.id))
    }
  }

  @Test func bothStacksAndCrossHeadsHaveCards() throws {
    let model = try TinyModels.mbart()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    var text = AnnotatedText(cutting: "the cat sat")
    text.target = "the dog sat"
    text.targetWords = AnnotatedText(cutting: "the dog sat").words
    let rows = [try AnnotatedRow(text, for: model)]
    for place in model.description.allHeads {
      let card = try experiment.headCard(of: place, over: rows, seed: 1)
      #expect(card.neighbours.count == 1)
      #expect(card.vocabulary?.isThroughTable == (place.side == .encoder))
    }
  }

  @Test func lossesAreToldByKind() throws {
    let model = try Model.randomTiny()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    var rows: [AnnotatedRow] = []
    for (text, kind) in [("the cat", "plain"), ("a dog", "plain"), ("two and two", "count")] {
      var annotated = AnnotatedText(cutting: text)
      annotated.columns["kind"] = kind
      rows.append(try AnnotatedRow(annotated, for: model))
    }
    let place = HeadPlace(layer: 0, head: 1)
    let use = try experiment.use(
      of: [place], over: rows, tasks: try model.predictionTasks(rows.map(\.row)))
    let losses = use.losses(byKind: ["plain", "plain", "count"], seed: 1)
    #expect(losses.map(\.count).sorted() == [1, 2, 3])
    #expect(losses[0].kind == nil)
    let parts = losses.dropFirst().reduce(0) { sum, loss in
      let count =
        loss.kind == "count"
        ? use.baseline?.counts[2]
        : use.baseline.map {
          $0.counts[0] + $0.counts[1]
        }
      return sum + loss.gain.value * (count ?? 0)
    }
    let total = use.baseline?.counts.reduce(0, +) ?? 1
    #expect(abs(parts / total - losses[0].gain.value) < 1e-12)
  }

  /// A probe about "the cat" with a right and a wrong continuation.
  private func probe(_ correct: String, _ wrong: String) throws -> ContinuationProbe {
    var probe = try #require(Probes.agreement(attractors: 0, count: 1, seed: 1).first)
    probe.prefix = "the cat"
    probe.correct = correct
    probe.alternatives = [wrong]
    return probe
  }

  @Test func probesCountRightChoices() throws {
    let model = try Model.randomTiny()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let row = try Prompt("the cat").row(for: model)
    let logits = try experiment.logits([row])[0]
    let order = logits.indices.sorted { logits[$0] > logits[$1] }
      .compactMap { id -> String? in
        let text = (try? model.tokenizer()?.text(of: id)) ?? ""
        return text.count == 1 && text.first?.isLetter == true && text.utf8.count == 1 ? text : nil
      }
    let right = try probe(order[0], order[1])
    let wrong = try probe(order[5], order[1])
    let same = try probe(order[0], order[0])
    let found = try experiment.probe(
      [right, wrong, same], named: "letters", without: HeadPlace(layer: 1, head: 0), seed: 1)
    #expect(found.count == 2 && found.with == 0.5)
  }

  @Test func aCopyingHeadCopies() throws {
    // W_V and W_O of the last layer pass the stream on: every token becomes likelier.
    let model = try TinyModels.gpt2 { name, elements in
      if name == "h.1.ln_1.weight" || name == "ln_f.weight" {
        for index in elements.indices { elements[index] = 1 }
      }
      if name == "wte.weight" || name == "lm_head.weight" {
        for index in elements.indices { elements[index] = sin(Double(index * index)) }
      }
      if name == "h.1.attn.c_attn.weight" {
        for row in 0..<8 {
          for column in 0..<4 { elements[row * 24 + 16 + column] = row == column ? 1 : 0 }
        }
      }
      if name == "h.1.attn.c_proj.weight" {
        for row in 0..<4 {
          for column in 0..<8 { elements[row * 8 + column] = row == column ? 1 : 0 }
        }
      }
    }
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let found = try experiment.vocabulary(of: HeadPlace(layer: 1, head: 0))
    #expect((found.copying ?? 0) > 0.99)
    let other = try experiment.vocabulary(of: HeadPlace(layer: 1, head: 1))
    #expect(abs(other.copying ?? 1) < 0.9)
    for direction in found.directions {
      #expect(direction.reads.first?.id == direction.writes.first?.id)
    }
  }
}
