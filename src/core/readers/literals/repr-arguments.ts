/** A value in the text between the parentheses of a printed module, as far as layers need it. */
export type ReprValue = number | boolean | null | string | readonly ReprValue[];

/** Arguments of a printed module: `3, 64, kernel_size=(7, 7), bias=False`. */
export interface ReprArguments {
  readonly positional: readonly ReprValue[];
  readonly named: ReadonlyMap<string, ReprValue>;
}

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Parses printed arguments. Anything that is no literal stays a string; the text may be anything. */
export function parseReprArguments(text: string): ReprArguments {
  const positional: ReprValue[] = [];
  const named = new Map<string, ReprValue>();
  for (const part of splitTopLevel(text)) {
    const key = /^([A-Za-z_]\w*)\s*=\s*/.exec(part);
    if (key === null) positional.push(parseReprValue(part, 0));
    else named.set(key[1]!, parseReprValue(part.slice(key[0].length), 0));
  }
  return { positional, named };
}

const maxNesting = 8;

function parseReprValue(text: string, depth: number): ReprValue {
  if (text === 'True') return true;
  if (text === 'False') return false;
  if (text === 'None') return null;
  if (numberPattern.test(text)) return Number(text);
  const size = /^torch\.Size\(([\s\S]*)\)$/.exec(text);
  const inner = size === null ? text : size[1]!;
  const open = inner[0];
  const isSequence = (open === '(' && inner.endsWith(')')) || (open === '[' && inner.endsWith(']'));
  if (isSequence && depth < maxNesting) {
    return splitTopLevel(inner.slice(1, -1)).map((part) => parseReprValue(part, depth + 1));
  }
  const quoted = /^'([^']*)'$|^"([^"]*)"$/.exec(text);
  return quoted === null ? text : (quoted[1] ?? quoted[2] ?? '');
}

/** Parts between commas and line ends that are outside brackets and quotes, trimmed; empty ones left out. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let open = 0;
  let start = 0;
  let quote = '';
  for (let at = 0; at <= text.length; at++) {
    const here = text[at];
    const ends = here === undefined || (open === 0 && quote === '' && (here === ',' || here === '\n'));
    if (ends) {
      const part = text.slice(start, at).trim();
      if (part !== '') parts.push(part);
      start = at + 1;
    } else if (quote !== '') {
      if (here === quote) quote = '';
    } else if (here === "'" || here === '"') {
      quote = here;
    } else if (here === '(' || here === '[' || here === '{') {
      open++;
    } else if ((here === ')' || here === ']' || here === '}') && open > 0) {
      open--;
    }
  }
  return parts;
}
