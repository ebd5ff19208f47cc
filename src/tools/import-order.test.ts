import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { coreRooms, findCircles, findUpwardImports, readerRooms, readImports, roomsAbove, scriptRooms, specifiersOf } from './import-order.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the order of imports', () => {
  const files = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
  const graph = readImports(root, files);

  it('has no circle anywhere in src', () => {
    expect(graph.size).toBeGreaterThan(500);
    expect(findCircles(graph)).toEqual([]);
  });

  it('goes from higher rooms of core to lower ones only', () => {
    expect(findUpwardImports(graph, 'src/core', coreRooms)).toEqual([]);
  });

  it.each([
    ['src/core/readers', readerRooms],
    ['src/core/script', scriptRooms],
  ] as const)('goes from higher rooms of %s to lower ones only', (folder, rooms) => {
    expect(findUpwardImports(graph, folder, rooms)).toEqual([]);
    expect(rooms.filter((room) => !existsSync(`${root}${folder}/${room}/README.md`))).toEqual([]);
  });

  it('goes from the rooms of ui to its shared parts only, not back', () => {
    const back = [...graph].filter(([file]) => file.startsWith('src/ui/shared/')).flatMap(([, targets]) => targets.filter((target) => /^src\/ui\/(?!shared\/)/.test(target)));
    expect(back).toEqual([]);
  });

  it('is what lint refuses to break', () => {
    const { overrides } = JSON.parse(readFileSync(`${root}.oxlintrc.json`, 'utf8')) as {
      readonly overrides: readonly { readonly files: readonly string[]; readonly rules: Readonly<Record<string, unknown>> }[];
    };
    for (const room of coreRooms.filter((name) => name !== 'result' && roomsAbove(name).length > 0)) {
      const override = overrides.find(({ files: of }) => of[0] === `src/core/${room}/**/*.ts`);
      expect(`${room}: ${JSON.stringify(override?.rules)}`).toContain(`(^|/)(${roomsAbove(room).join('|')})/`);
    }
  });

  it('has a README in every room of core', () => {
    const without = coreRooms.filter((room) => room !== 'result' && existsSync(`${root}src/core/${room}`) && !existsSync(`${root}src/core/${room}/README.md`));
    expect(without).toEqual([]);
  });

  it('finds a circle of types, of exports and of what is fetched later', () => {
    expect(specifiersOf('a.ts', "import type { B } from './b.ts';\nexport { c } from './c.ts';\nvoid import('./d.ts');\nimport 'react';")).toEqual([
      './b.ts',
      './c.ts',
      './d.ts',
    ]);
    const circles = findCircles(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['a', 'd']],
        ['d', []],
      ]),
    );
    expect(circles.map((circle) => circle.toSorted())).toEqual([['a', 'b', 'c']]);
  });

  it('finds an upward import and a room without a place', () => {
    const imports = new Map([
      ['src/core/config/value.ts', ['src/core/plan/plan.ts']],
      ['src/core/plan/plan.ts', ['src/core/config/value.ts']],
      ['src/core/attic/old.ts', ['src/core/text/format-count.ts']],
      ['src/core/readers/bytes/gzip.ts', ['src/core/readers/read-tree.ts', 'src/core/readers/messages/read-error.ts']],
      ['src/core/readers/read-tree.ts', ['src/core/readers/bytes/gzip.ts']],
    ]);
    expect(findUpwardImports(imports, 'src/core/readers', readerRooms)).toEqual(['src/core/readers/bytes/gzip.ts -> src/core/readers/read-tree.ts']);
    expect(findUpwardImports(imports, 'src/core', coreRooms)).toEqual([
      'src/core/config/value.ts -> src/core/plan/plan.ts',
      'src/core/attic/old.ts -> src/core/text/format-count.ts',
    ]);
  });
});
