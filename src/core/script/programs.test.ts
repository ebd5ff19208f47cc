import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import { hasPython, runPython } from '../testing/run-python.ts';
import { readScript } from './read-script.ts';

/** Programs that set `out`, with what CPython 3.11 makes of it as JSON; `?` where the reader says that it is not decided. */
const programs = ['programs', 'random-programs'].flatMap((name) =>
  readFileSync(new URL(`vectors/${name}.txt`, import.meta.url), 'utf8')
    .split(/^---\n/m)
    .map((text) => {
      const at = text.lastIndexOf('\n=> ');
      return { program: text.slice(0, at), answer: text.slice(at + 4).trimEnd() };
    }),
);

/** Numbers written alike: a script's own digits are kept (`2.50`). */
function normal(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

function mine(program: string): string {
  const read = readScript(`${program}\nconfig_list = [{'op_names': out}]`);
  const list = read.ok ? read.value.lists.findLast(({ name }) => name === 'config_list') : undefined;
  if (!list || list.holes.length > 0) return '?';
  return normal(writeCompactJson(list.list[0]!.entries[0]![1]));
}

describe('E5a, E5b, E5e whole programs', () => {
  it.each(programs)('make what Python makes, or are said to be open: $program', ({ program, answer }) => {
    expect(mine(program)).toBe(answer === '?' ? '?' : normal(answer));
  });

  it.runIf(hasPython && runPython('import sys; print(sys.version_info >= (3, 10))').trim() === 'True')('have the answers of this Python', () => {
    const decided = programs.filter(({ answer }) => answer !== '?');
    const theirs = runPython(`
import json, io, contextlib
for source in json.loads(${JSON.stringify(JSON.stringify(decided.map(({ program }) => program)))}):
    space = {'__name__': '__main__'}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source, space)
    print(json.dumps(space['out'], ensure_ascii=False, separators=(',', ':')))
`).trimEnd().split('\n');
    const differing = decided.filter(({ answer }, at) => normal(answer) !== normal(theirs[at] ?? 'null'));
    expect(theirs).toHaveLength(decided.length);
    expect(differing).toEqual([]);
  });
});
