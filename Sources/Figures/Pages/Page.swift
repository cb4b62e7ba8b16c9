import Language

/// The frame of every page: one file, which asks the network for nothing and is forbidden to.
enum Page {
  /// Everything before the body's content.
  static func head(title: String, style: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="Sonde">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
    <link rel="icon" href="data:,">
    <title>\(PageText.escaped(title))</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    """
  }

  static let end = "</body>\n</html>\n"

  /// Data that the script reads.
  static func data(_ json: JSON, id: String) -> String {
    "<script type=\"application/json\" id=\"\(id)\">\(PageText.data(json))</script>"
  }

  /// Base64 and line breaks that the script reads.
  static func block(_ text: String, id: String) -> String {
    "<script type=\"text/plain\" id=\"\(id)\">\(text)</script>"
  }

  static func script(_ text: String) -> String { "<script>\n\(text)\n</script>" }
}
