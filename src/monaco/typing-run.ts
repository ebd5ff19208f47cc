/** The part of Monaco's change that matters here. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

export interface TypingRun {
  /** Whether a change starts where the last change ended and adds one key. */
  readonly continues: (changes: readonly TextChange[]) => boolean;
  /** The next change starts a new run. */
  readonly end: () => void;
}

/** Distinguishes continuous typing from pastes, completions and typing elsewhere, which are separate steps. */
export function createTypingRun(): TypingRun {
  let lastEnd: number | null = null;
  return {
    continues(changes) {
      const [change] = changes;
      const before = lastEnd;
      lastEnd = change ? change.rangeOffset + change.text.length : null;
      // A bracket brings its counterpart: two characters at most, the cursor between them.
      if (!change || changes.length > 1 || change.text.length > 2 || change.rangeLength > 1) return false;
      if (before === null) return false;
      const start = change.text === '' ? change.rangeOffset + change.rangeLength : change.rangeOffset;
      return Math.abs(start - before) <= 1;
    },
    end() {
      lastEnd = null;
    },
  };
}
