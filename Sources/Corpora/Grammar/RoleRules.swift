/// The choices of clauses that say who does what to whom.
enum RoleChoices {
  enum Shape: Sendable { case active, passive, relative }
  static let shape = Choice<Shape>([.active: 0.5, .passive: 0.3, .relative: 0.2])
}

extension Derivation {
  /// A clause whose verb fits its agent and its patient and not the other way round.
  mutating func role() {
    let role = pick(words.roles)
    let shape = pick(RoleChoices.shape)
    let tense = tense()
    let agentNumber = number()
    let patientNumber = number()
    let root: Int
    switch shape {
    case .active:
      let agent = participant(role.agents, agentNumber, .subject)
      root = add(role.verb, tense.form(agentNumber), .root)
      attach(agent, to: root)
      attach(participant(role.patients, patientNumber, .object), to: root)
    case .passive:
      let patient = participant(role.patients, patientNumber, .passiveSubject)
      let be = add(words.function.be, tense.formOfBe(patientNumber), .passiveAuxiliary)
      root = add(role.verb, .participle, .root)
      let by = add(words.function.by, .base, .preposition)
      let agent = participant(role.agents, agentNumber, .agent)
      attach(patient, to: root)
      attach(be, to: root)
      attach(by, to: agent)
      attach(agent, to: root)
    case .relative:
      let patient = participant(role.patients, patientNumber, .subject)
      let that = add(words.function.that, .base, .object)
      let agent = participant(role.agents, agentNumber, .subject)
      let verb = add(role.verb, tense.form(agentNumber), .relative, head: patient)
      attach(that, to: verb)
      attach(agent, to: verb)
      root = wasSomething(patient, patientNumber, .person)
    }
    stop(root)
  }

  private mutating func participant(
    _ choice: Choice<LexemeID>, _ number: GrammaticalNumber, _ relation: Dependency
  ) -> Int {
    let the = add(words.function.the, .base, .determiner)
    let noun = add(pick(choice), number == .plural ? .plural : .base, relation)
    attach(the, to: noun)
    return noun
  }
}
