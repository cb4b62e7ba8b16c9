/// An expression.
///
/// What has parts is a class, so that passing one on copies a reference.
enum Expression: Sendable {
  case literal(LiteralNode)
  case text(TextNode)
  case name(NameNode)
  case list(ListNode)
  case record(RecordNode)
  case function(FunctionNode)
  case address(AddressNode)
  case position(PositionNode)
  case group(GroupNode)
  case field(FieldNode)
  case index(IndexNode)
  case call(CallNode)
  case narrow(NarrowNode)
  case sign(SignNode)
  case not(NotNode)
  case power(PowerNode)
  case chain(ChainNode)
  case range(RangeNode)
  case comparison(ComparisonNode)
  case logic(LogicNode)
  case pipeline(PipelineNode)
  case condition(ConditionNode)
  case with(WithNode)
  case attempt(AttemptNode)

  var span: Span { node.span }

  var node: any SyntaxNode {
    switch self {
    case .literal(let node): node
    case .text(let node): node
    case .name(let node): node
    case .list(let node): node
    case .record(let node): node
    case .function(let node): node
    case .address(let node): node
    case .position(let node): node
    case .group(let node): node
    case .field(let node): node
    case .index(let node): node
    case .call(let node): node
    case .narrow(let node): node
    case .sign(let node): node
    case .not(let node): node
    case .power(let node): node
    case .chain(let node): node
    case .range(let node): node
    case .comparison(let node): node
    case .logic(let node): node
    case .pipeline(let node): node
    case .condition(let node): node
    case .with(let node): node
    case .attempt(let node): node
    }
  }
}

/// Anything that the parser makes.
protocol SyntaxNode: AnyObject, Sendable {
  var span: Span { get }
}
