import Language

extension Workbench {
  var metricCommands: [Builtin] { [measureCommand] + MetricCommands.builtins }
}
