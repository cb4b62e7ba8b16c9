import Corpora
import Tensors
import Transformers

/// Vectors of many tokens at some places of a model, with what is known of the tokens.
public struct Activations: Sendable {
  /// A place, and a row of numbers there for each token.
  public struct Site: Sendable {
    /// The place: one layer, and one head or group where the value has such.
    public let address: Address
    /// The numbers, [token, width].
    public let values: AnyTensor

    /// A place with its numbers.
    public init(_ address: Address, _ values: AnyTensor) {
      self.address = address
      self.values = values
    }

    /// How many numbers a token has here.
    public var width: Int { values.shape.last ?? 0 }
  }

  /// The places, in the order in which they were asked for.
  public let sites: [Site]
  /// The tokens, in the order of the texts.
  public let tokens: [GatheredToken]
  /// The name of the model that they were gathered from.
  public let model: String
  /// What must be said of them.
  public var notes: [String]

  /// Activations from their parts; every site has a row for each token.
  public init(sites: [Site], tokens: [GatheredToken], model: String, notes: [String] = []) {
    self.sites = sites
    self.tokens = tokens
    self.model = model
    self.notes = notes
  }

  /// The site of an address; nil where there is none.
  public func site(_ address: Address) -> Site? { sites.first { $0.address == address } }

  /// How many bytes the numbers take.
  public var byteCount: Int {
    sites.reduce(0) { sum, site in
      if case .double = site.values { return sum + site.values.count * 8 }
      return sum + site.values.count * 4
    }
  }

  /// The tokens at these places, in that order, with their numbers; a copy.
  public func picking(_ places: [Int]) -> Activations {
    let region = Region([places, nil])
    let picked = sites.map { site in
      // A region of rows that are there always fits.
      Site(site.address, (try? site.values.read(region)) ?? site.values)
    }
    return Activations(
      sites: picked, tokens: places.map { tokens[$0] }, model: model, notes: notes)
  }

  /// The same tokens at some of the sites.
  public func at(_ chosen: [Site]) -> Activations {
    Activations(sites: chosen, tokens: tokens, model: model, notes: notes)
  }
}

/// A token whose vectors were gathered.
public struct GatheredToken: Sendable, Hashable {
  /// The place of its text among the texts.
  public var text: Int
  /// Its place among the text's tokens.
  public var position: Int
  /// Its id, as it went into the model.
  public var id: Int
  /// Its text.
  public var token: String
  /// The id that stood here before it was masked.
  public var maskedID: Int?
  /// The id of the token before it; nil at the beginning of the text.
  public var previousID: Int?
  /// The id of the token behind it; nil at the end of the text.
  public var nextID: Int?
  /// The word that it is a piece of, with its place among the words of the text.
  public var word: AnnotatedWord?
  /// The word's place among the words of the text.
  public var place: Int?
  /// Which piece of its word it is, from zero.
  public var piece: Int

  /// A token from its parts.
  public init(
    text: Int, position: Int, id: Int, token: String, maskedID: Int? = nil,
    previousID: Int? = nil, nextID: Int? = nil,
    word: AnnotatedWord? = nil, place: Int? = nil, piece: Int = 0
  ) {
    self.text = text
    self.position = position
    self.id = id
    self.token = token
    self.maskedID = maskedID
    self.previousID = previousID
    self.nextID = nextID
    self.word = word
    self.place = place
    self.piece = piece
  }
}
