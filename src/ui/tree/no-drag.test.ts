import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import * as noDrag from './no-drag.ts';

const folder = join(dirname(createRequire(import.meta.url).resolve('react-arborist/package.json')), 'dist/module');

test('has every name that the tree component imports from its drag-and-drop packages', () => {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js') && !file.endsWith('.test.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const imports = sources.flatMap((source) => [...source.matchAll(/import \{([^}]*)\} from "(?:react-dnd|react-dnd-html5-backend)"/g)]);
  const names = imports.flatMap(([, list]) => list!.split(',').map((name) => name.trim()));
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => !(name in noDrag))).toEqual([]);
  const other = sources.filter((source) => /from "react-dnd/.test(source.replaceAll(/import \{[^}]*\} from "react-dnd[^"]*"/g, '')));
  expect(other).toEqual([]);
});
