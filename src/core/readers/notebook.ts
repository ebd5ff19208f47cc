import { asRecord, ownField } from './literals/record.ts';

/** The texts of a notebook, in the order of its cells. */
export interface NotebookTexts {
  /** The text output of the cells. */
  readonly outputs: readonly string[];
  /** The source of its code cells, without the lines that only IPython reads (`%matplotlib inline`, `!pip install …`). */
  readonly code: readonly string[];
  /** The source of all other cells. */
  readonly words: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the cells of a notebook: format 4, or format 3 and 2, which keep them in worksheets. Null for other objects. */
export function readNotebookTexts(notebook: Fields): NotebookTexts | null {
  const worksheets = recordsOf(ownField(notebook, 'worksheets'));
  const isNotebook = Array.isArray(ownField(notebook, 'cells')) || (worksheets.length > 0 && Object.hasOwn(notebook, 'nbformat'));
  if (!isNotebook) return null;
  const outputs: string[] = [];
  const code: string[] = [];
  const words: string[] = [];
  for (const cell of [notebook, ...worksheets].flatMap((holder) => recordsOf(ownField(holder, 'cells')))) {
    const source = textOf(ownField(cell, 'source') ?? ownField(cell, 'input'));
    const isCode = ownField(cell, 'cell_type') === 'code';
    if (source !== null) (isCode ? code : words).push(isCode ? source.replaceAll(/^\s*[%!].*$/gm, '') : source);
    for (const output of recordsOf(ownField(cell, 'outputs'))) {
      const data = asRecord(ownField(output, 'data')) ?? {};
      const text = textOf(ownField(output, 'text') ?? ownField(data, 'text/plain'));
      if (text !== null) outputs.push(text);
    }
  }
  return { outputs, code, words };
}

/** One text, or a list of its lines. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : null;
}

function recordsOf(value: unknown): readonly Fields[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.map(asRecord).filter((record) => record !== null);
}
