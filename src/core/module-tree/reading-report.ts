/** Lines of a text, numbered from 1, both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Lines that a reader used in the same way. */
export interface LineGroup {
  readonly count: number;
  /** The first ranges; `count` counts all lines. */
  readonly ranges: readonly LineRange[];
}

/** The lines of a text by how they were understood (rule T28). Blank lines count as decoration. */
export interface ReadingReport {
  readonly lines: number;
  readonly understood: number;
  /** Prompts, log prefixes, fences, rulers, titles. */
  readonly decoration: LineGroup;
  /** Lines with an ignored remark of a person; most of them also hold a module. */
  readonly remarks: LineGroup;
  /** Places where parts of the model are left out (`...`). */
  readonly gaps: LineGroup;
  /** Lines before, after and between models that belong to none. */
  readonly beside: LineGroup;
  /** Lines within the model or list that no rule explains. */
  readonly unread: LineGroup;
  /** The first of the lines that were not understood, shortened. */
  readonly unreadTexts: readonly { readonly line: number; readonly text: string }[];
  /** The text begins inside a model: names lack the prefix of the part that is missing. */
  readonly isFragment: boolean;
}
