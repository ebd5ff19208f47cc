import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readChanges } from './read-changes.ts';

test('versions with their sections and items, without marks', () => {
  expect(readChanges('# Changelog\n\n## 0.2.0\n\n### Added\n\n- *Use* `it`.\n- More.\n\n### Fixed\n\n- One.\n\n## 0.1.0\n')).toEqual([
    { version: '0.2.0', sections: [{ title: 'Added', items: ['Use it.', 'More.'] }, { title: 'Fixed', items: ['One.'] }] },
    { version: '0.1.0', sections: [] },
  ]);
});

test('the first version of the changelog is that of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  expect(readChanges(readFileSync('CHANGELOG.md', 'utf8'))[0]?.version).toBe(version);
});
