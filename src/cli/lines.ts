/**
 * The lines of a stream of text, without their ends (`\n`, `\r\n`) and without a byte order mark at the start. Only line
 * feeds end a line: JSON may hold U+2028 and U+2029 as they are.
 */
export async function* splitLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest: string[] = [];
  let first = true;
  const finish = (line: string): string => {
    const text = first && line.startsWith('\uFEFF') ? line.slice(1) : line;
    first = false;
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  };
  for await (const piece of pieces) {
    const lines = piece.split('\n');
    const last = lines.pop()!;
    for (const line of lines) {
      yield finish(rest.length === 0 ? line : rest.join('') + line);
      rest = [];
    }
    if (last !== '') rest.push(last);
  }
  if (rest.length > 0) yield finish(rest.join(''));
}
