import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const top = new URL('../../', import.meta.url);
const rules = [...read('src/core/SPEC.md').matchAll(/^- \*\*((?:A-)?[A-Z]\d+)([a-z]?)(.*(?:\n {2}.*)*)/gm)].map(
  ([text, rule, part]) => ({ rule: rule!, part: part!, words: text.split(/\s+/).length - 1 }),
);

function read(path: string): string {
  return readFileSync(new URL(path, top), 'utf8');
}

/** Rules that a text names, `P1–P4` naming all between; `R2a` names a part of R2 and R2 itself, `R2a–c` three parts. */
function rulesIn(text: string): readonly string[] {
  const named = /(?<![-+\w])((?:A-)?[A-Z])(\d+)(?:–\1(\d+)|([a-z])(?:–([a-z]))?)?\b/g;
  return [...text.matchAll(named)].flatMap(([, letter, first, last, part, lastPart]) => {
    const count = last === undefined ? 1 : Number(last) - Number(first) + 1;
    const wholes = Array.from({ length: count }, (_, i) => `${letter}${Number(first) + i}`);
    if (part === undefined) return wholes;
    const from = part.codePointAt(0)!;
    const parts = Array.from({ length: (lastPart ?? part).codePointAt(0)! - from + 1 }, (_, i) => String.fromCodePoint(from + i));
    return [...wholes, ...parts.map((each) => `${letter}${first}${each}`)];
  });
}

test('every rule, and each part of one, is named by the title or a row of a test', () => {
  const files = ['src', 'e2e'].flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(folder, top)), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:test|spec)\.ts$/.test(file))
      .map((file) => `${folder}/${file}`));
  const named = new Set(files.flatMap((file) => [...read(file).matchAll(/['"`].*?['"`]/g)].flatMap(([text]) => rulesIn(text))));
  const ids = [...new Set(rules.flatMap(({ rule, part }) => [rule, `${rule}${part}`]))];
  expect(ids.length).toBeGreaterThan(250);
  expect(ids.filter((id) => !named.has(id))).toEqual([]);
});

test('a rule states one thing in at most 60 words; its parts are a, b, c …', () => {
  expect(rules.filter(({ words }) => words > 60).map(({ rule, part, words }) => `${rule}${part}: ${words}`)).toEqual([]);
  for (const id of new Set(rules.map(({ rule }) => rule))) {
    const parts = rules.filter(({ rule }) => rule === id).map(({ part }) => part);
    const expected = parts.length === 1 ? [''] : parts.map((_, at) => String.fromCodePoint(97 + at));
    expect([id, parts]).toEqual([id, expected]);
  }
});
