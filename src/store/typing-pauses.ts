/** Milliseconds without a keystroke before the page reacts to the typed text. */
export const typingPauses = {
  /** The text of the JSON editor follows a card: the change there is painted first. */
  listText: 60,
  /** A card follows a pattern that is typed in it; the field itself follows at once. */
  card: 220,
  /** The list is resolved with the pattern that is typed. */
  resolve: 250,
  /** A list that was opened with `espalier open --save` is written to its file. */
  file: 150,
  /** The plan is stored in this browser. */
  browser: 250,
  /** The engine describes a pattern; until then it is free for the pattern's matches. */
  describe: 500,
  /** New findings of a card in which the user works are shown. */
  findings: 600,
} as const;
