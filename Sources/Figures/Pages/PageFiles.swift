import CPageFiles

/// The scripts and style sheets of pages, which are files of their own in CPageFiles.
enum PageFiles {
  /// Light and dark, narrow screens, and paper.
  static let attentionStyle = base + String(cString: page_attention_style())
  /// Pictures keep their own white ground, also on a dark page.
  static let figureStyle = base + String(cString: page_figures_style())
  /// The script of a page of attention, with its names to itself.
  static let attentionScript =
    "\"use strict\";\n(() => {\n" + String(cString: page_attention_script()) + "})();"

  private static let base = String(cString: page_base_style())
}
