/// What the logits of a classifier stand for.
public struct ClassificationDescription: Sendable, Hashable {
  /// The classes, one for each logit.
  public var labels: [String]
  /// The tasks that share the logits, in their order; a plain classifier has one.
  public var tasks: [Task]
  /// How a logit is read.
  public var reading: Reading

  /// What the logits of a task say together.
  public enum Reading: Sendable, Hashable {
    /// One class of each task is right: the softmax of the task's logits.
    case choice
    /// Each label is right or not, whatever the others are: the sigmoid of each logit.
    case independent
    /// Each logit is a value itself, and no probability.
    case value
  }

  /// Some neighbouring logits that are a distribution of their own.
  public struct Task: Sendable, Hashable {
    /// What it is called, or nil for the only task of a plain classifier.
    public var name: String?
    /// Its logits.
    public var columns: Range<Int>
    /// Its classes, without the task's name.
    public var labels: [String]

    /// A task from its parts.
    public init(name: String?, columns: Range<Int>, labels: [String]) {
      self.name = name
      self.columns = columns
      self.labels = labels
    }
  }

  /// A plain classifier.
  public init(labels: [String], reading: Reading = .choice) {
    self.init(
      labels: labels, tasks: [Task(name: nil, columns: 0..<labels.count, labels: labels)],
      reading: reading)
  }

  /// Several tasks.
  public init(labels: [String], tasks: [Task], reading: Reading = .choice) {
    self.labels = labels
    self.tasks = tasks
    self.reading = reading
  }

  /// The task that a logit belongs to.
  public func task(ofColumn column: Int) -> Task? {
    tasks.first { $0.columns.contains(column) }
  }

  /// The logits that a person may mean by a label: with the task's name in front (`number.plural`),
  /// or without it.
  public func columns(named label: String) -> [Int] {
    if let whole = labels.firstIndex(of: label) { return [whole] }
    return tasks.flatMap { task in
      zip(task.columns, task.labels).compactMap { column, own in
        own == label || task.name.map { "\($0).\(own)" } == label ? column : nil
      }
    }
  }
}
