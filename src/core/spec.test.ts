import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const top = new URL('../../', import.meta.url);
const rules = [...read('src/core/SPEC.md').matchAll(/^- \*\*((?:A-)?[A-Z]\d+)/gm)].map(([, id]) => id!);

function read(path: string): string {
  return readFileSync(new URL(path, top), 'utf8');
}

/** Rules that a text names, `P1–P4` naming all between. */
function rulesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![-+\w])((?:A-)?[A-Z])(\d+)(?:–\1(\d+))?\b/g)].flatMap(([, letter, first, last]) => {
    const count = last === undefined ? 1 : Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, i) => `${letter}${Number(first) + i}`);
  });
}

test('every rule is named once in SPEC.md, and by the title or a row of a test', () => {
  const files = ['src', 'e2e'].flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(folder, top)), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:test|spec)\.ts$/.test(file))
      .map((file) => `${folder}/${file}`));
  const named = new Set(files.flatMap((file) => [...read(file).matchAll(/['"`].*?['"`]/g)].flatMap(([text]) => rulesIn(text))));
  expect(rules.length).toBeGreaterThan(100);
  expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([]);
  expect(rules.filter((rule) => !named.has(rule))).toEqual([]);
});
