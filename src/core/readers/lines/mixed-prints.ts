/** Steps after which mixed lines are given up. */
const mostSteps = 200_000;
const mostLines = 20_000;

/**
 * The text that two processes printed at the same time, its lines mixed: each line of one process comes a second time, in
 * the same order. Null where the lines cannot be divided so, or can be divided into different texts.
 */
export function textOfTwo(lines: readonly string[]): string | null {
  const shown = lines.filter((line) => line.trim() !== '');
  const half = shown.length / 2;
  if (shown.length < 6 || shown.length > mostLines || !Number.isInteger(half) || !comeInPairs(shown)) return null;
  const found = new Set<string>();
  let steps = 0;
  // Lines of the text so far, and how many of them the second process has printed.
  const text: string[] = [];
  const choices: { at: number; second: number; length: number }[] = [{ at: 0, second: 0, length: 0 }];
  while (choices.length > 0) {
    const choice = choices.pop()!;
    let { at, second } = choice;
    text.length = choice.length;
    // A choice that was put off: this line is of the first process.
    if (choice.at > 0) text.push(shown[at++]!);
    for (; at < shown.length; at++) {
      if (++steps > mostSteps) return null;
      const line = shown[at]!;
      if (second < text.length && text[second] === line) {
        if (at > 0 && text.length < half) choices.push({ at, second, length: text.length });
        second++;
      } else if (text.length < half) {
        text.push(line);
      } else {
        break;
      }
    }
    if (at === shown.length && second === half && text.length === half) {
      found.add(text.join('\n'));
      if (found.size > 1) return null;
    }
  }
  const [only] = found;
  return only ?? null;
}

function comeInPairs(lines: readonly string[]): boolean {
  const odd = new Set<string>();
  for (const line of lines) if (!odd.delete(line)) odd.add(line);
  return odd.size === 0;
}
