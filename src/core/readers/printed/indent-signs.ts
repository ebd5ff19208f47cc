/** Collects the lines of a block whose indentation does not fit its parentheses: there a line may be missing (rule T28f). */
export interface IndentSigns {
  /** A child at this indentation in a block that is indented by `parent`; `depth` counts the open blocks. */
  readonly child: (line: number, indent: number, parent: number, depth: number) => void;
  /** The parenthesis that closes a block whose head is indented by `parent`. */
  readonly closes: (line: number, indent: number, parent: number) => void;
  /** The lines that do not fit, from 0. None where all children stand at one indentation, which then says nothing. */
  readonly lines: () => readonly number[];
}

/** Starts for a block each of whose levels is indented by `step`. */
export function createIndentSigns(step: number): IndentSigns {
  const shifted: number[] = [];
  const indents = new Set<number>();
  let deepest = 0;
  return {
    child(line, indent, parent, depth) {
      indents.add(indent);
      deepest = Math.max(deepest, depth);
      if (indent !== parent + step) shifted.push(line);
    },
    closes(line, indent, parent) {
      if (indent !== parent) shifted.push(line);
    },
    lines: () => (indents.size < 2 && deepest > 1 ? [] : shifted),
  };
}
