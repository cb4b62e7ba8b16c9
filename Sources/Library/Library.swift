import Language

/// The built-in commands.
public enum Library {
  /// The commands that work without a model: tables, numbers, strings, files, pictures and the
  /// session.
  public static func generalBuiltins(
    _ settings: SessionSettings = SessionSettings()
  ) -> [Builtin] {
    Picking.builtins + Sorting.builtins + Grouping.builtins + Mapping.builtins + Counting.builtins
      + Columns.builtins + Tables.builtins + StatisticCommands.builtins + Arithmetic.builtins
      + StringCommands.builtins + Showing.builtins + Reading.builtins(settings)
      + Saving.builtins(settings) + HeatMaps.builtins + Plots.builtins
      + SessionCommands.builtins(settings)
  }

  /// Every built-in command of a session.
  public static func builtins(for workbench: Workbench) -> [Builtin] {
    workbench.commands + generalBuiltins(workbench.settings)
  }
}
