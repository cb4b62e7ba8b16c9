/// The classes of words that the rules choose from, each with its distribution.
final class Vocabulary: Sendable {
  static let standard = Vocabulary()

  let lexicon: Lexicon
  let function: FunctionWords

  let people, animals, things, furniture, places, vehicles, foods: Choice<LexemeID>
  let names: Choice<LexemeID>
  let general, handling, eating, meeting, driving: Choice<LexemeID>
  let living, happening, linking, giving, going: Choice<LexemeID>
  let animate, inanimate: Choice<LexemeID>
  let frequency, manner, presentTime, pastTime, state, placing: Choice<LexemeID>
  let facts: FactBook
  let senses: Choice<Sense>
  let roles: Choice<Role>
  let numbers: NumberWords
  let items, positive, negative, neutral, degree: Choice<LexemeID>

  private init() {
    var words = Lexicon()
    function = FunctionWords(&words)
    people = Choice(zipf: words.addNouns(NounTables.people))
    animals = Choice(zipf: words.addNouns(NounTables.animals))
    things = Choice(zipf: words.addNouns(NounTables.things))
    furniture = Choice(zipf: words.addNouns(NounTables.furniture))
    places = Choice(zipf: words.addNouns(NounTables.places))
    vehicles = Choice(zipf: words.addNouns(NounTables.vehicles))
    foods = Choice(zipf: words.addNouns(NounTables.foods))
    let women = words.addPlain(NameTables.women, as: .name, gender: .feminine)
    let men = words.addPlain(NameTables.men, as: .name, gender: .masculine)
    names = Choice(zipf: zip(women, men).flatMap { [$0, $1] }, shift: 3)
    let factWords = FactWords(&words)
    general = Choice(zipf: words.addVerbs(VerbTables.general))
    handling = Choice(zipf: words.addVerbs(VerbTables.handling))
    eating = Choice(zipf: words.addVerbs(VerbTables.eating))
    meeting = Choice(zipf: words.addVerbs(VerbTables.meeting))
    driving = Choice(zipf: words.addVerbs(VerbTables.driving))
    living = Choice(zipf: words.addVerbs(VerbTables.living))
    happening = Choice(zipf: words.addVerbs(VerbTables.happening))
    linking = Choice(zipf: words.addVerbs(VerbTables.linking))
    giving = Choice(zipf: words.addVerbs(VerbTables.giving))
    going = Choice(zipf: words.addVerbs(VerbTables.going))
    animate = Choice(zipf: words.addAdjectives(AdjectiveTables.animate))
    inanimate = Choice(zipf: words.addAdjectives(AdjectiveTables.inanimate))
    frequency = Choice(zipf: words.addPlain(FunctionTables.frequency, as: .adverb))
    manner = Choice(zipf: words.addPlain(FunctionTables.manner, as: .adverb))
    presentTime = Choice(zipf: words.addPlain(FunctionTables.presentTime, as: .adverb))
    pastTime = Choice(zipf: words.addPlain(FunctionTables.pastTime, as: .adverb))
    state = Choice(zipf: words.addPlain(FunctionTables.state, as: .adverb))
    placing = Choice(zipf: words.addPlain(FunctionTables.placing, as: .adposition))
    facts = FactBook(
      words: factWords, lexicon: words, names: women + men, people: people.elements,
      animals: animals.elements, foods: foods.elements, things: things.elements)
    senses = Choice(zipf: Sense.read(&words), shift: 12)
    roles = Choice(zipf: Role.read(&words), shift: 6)
    numbers = NumberWords(&words)
    items = Choice(zipf: words.addNouns(ReviewTables.items))
    positive = Choice(zipf: words.addAdjectives(ReviewTables.positive), shift: 1)
    negative = Choice(zipf: words.addAdjectives(ReviewTables.negative), shift: 1)
    neutral = Choice(zipf: words.addAdjectives(ReviewTables.neutral), shift: 1)
    degree = Choice(zipf: words.addPlain(ReviewTables.degree, as: .adverb))
    lexicon = words
  }
}

/// What a noun stands for, which decides what can be said of it.
enum NounClass: Sendable {
  case person, animal, thing, furniture, place, vehicle, food, item

  /// Whether it acts by itself.
  var isAnimate: Bool { self == .person || self == .animal }
}

extension Vocabulary {
  /// The nouns of a class.
  func nouns(_ kind: NounClass) -> Choice<LexemeID> {
    switch kind {
    case .person: people
    case .animal: animals
    case .thing: things
    case .furniture: furniture
    case .place: places
    case .vehicle: vehicles
    case .food: foods
    case .item: items
    }
  }
}
