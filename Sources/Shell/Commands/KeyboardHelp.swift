import Language

/// What `help keys` says of the keys of the prompt and of the pager.
enum KeyboardHelp {
  static let entry = Builtin(
    keyword: "keyboard", "The keys of the prompt and of the pager.",
    syntax: "Enter   Tab   Up   Down   Ctrl-R   Ctrl-C   Ctrl-D",
    family: Family("concepts", "Ideas"),
    alsoFoundAs: ["keys", "shortcut", "pager", "history", "search", "Emacs", "readline", "paste"],
    details: """
      Enter runs an entry that is whole, and begins a further line of one that is open: `…` stands \
      before such a line. A line with a fault is shown with the fault, and stays to be mended. Two \
      empty lines run the entry as it is. Ctrl-C drops the entry, or stops what runs; Ctrl-D on an \
      empty line leaves, as `exit` does; Ctrl-Z puts the program to sleep until `fg`.

      Tab completes commands, parameters, names, addresses, models, tokens, columns and files, and \
      lists what is possible. At the right stands how the command at the cursor is called.

      Up and Down, or Ctrl-P and Ctrl-N, go through what was entered, the newest first: where \
      something is typed, through what begins with it. In an entry of several lines they go from \
      line to line. Ctrl-R searches what was entered for what is typed next: Ctrl-R again goes to an \
      older place, Ctrl-S to a newer one, Enter runs it, Escape or an arrow keeps it to be changed, \
      Ctrl-G gives it up.

      Left, Right, Home and End, or Ctrl-B, Ctrl-F, Ctrl-A and Ctrl-E, move the cursor; Alt-B and \
      Alt-F, or Ctrl with an arrow, by words. Ctrl-W deletes the word before the cursor, Alt-D the \
      one after it, Ctrl-U the line, Ctrl-K what is after the cursor, and Ctrl-Y puts it back. \
      Ctrl-T swaps two letters, Ctrl-L clears the screen, Ctrl-X Ctrl-E opens the entry in `$EDITOR`. \
      Pasted text is taken as it is, with its line breaks. `~/.editrc` may bind other keys.

      What is longer than the screen is shown in pages, by `$PAGER` where that is set: Space or \
      Page Down goes a page down, b or Page Up a page up, d and u half a page, Enter or Down a line, \
      k or Up a line up, g to the start, G to the end; / searches, n and N go to the next place and \
      the one before; q leaves, h shows these keys.
      """)
}
