import Checkpoints
import Language

/// The built-in commands.
public enum Library {
  /// Every command, and the ideas that help explains beside them.
  public static func builtins(for workbench: Workbench) -> [Builtin] {
    workbench.commands + generalBuiltins(workbench.settings) + Concepts.entries
  }

  /// Keeps for later sessions which files this one writes, so that they may be replaced then.
  public static func rememberWrittenFiles() {
    if let place = WrittenFiles.placeOfTheUser { WrittenFiles.remember(in: place) }
  }

  /// The commands that work without a model: tables, numbers, strings, files, pictures and the
  /// session.
  public static func generalBuiltins(
    _ settings: SessionSettings = SessionSettings()
  ) -> [Builtin] {
    Picking.builtins + Sorting.builtins + Grouping.builtins + Mapping.builtins + Counting.builtins
      + Columns.builtins + Tables.builtins + StatisticCommands.builtins + Arithmetic.builtins
      + StringCommands.builtins + Showing.builtins + Reading.builtins + TensorReading.builtins
      + Saving.builtins
      + HeatMaps.builtins + Plots.builtins
      + HelpCommands.builtins + SessionCommands.builtins(settings)
      + LeavingCommands.builtins
  }
}
