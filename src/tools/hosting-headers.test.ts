import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cachingOf, hostingHeaders } from './hosting-headers.ts';

const page = readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
const sections = new Map(
  page.split(/^## /m).slice(1).map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
);

describe('docs/hosting.md', () => {
  it.each(['nginx', 'Caddy'])('gives %s the headers that the preview sends', (server) => {
    const block = /```[^\n]*\n([^]*?)```/.exec(sections.get(server) ?? '')?.[1] ?? '';
    for (const [name, value] of Object.entries(hostingHeaders)) {
      const line = block.split('\n').find((text) => text.includes(name));
      expect(line).toContain(value);
    }
    // A file that is missing for a moment is not kept for a year: nginx leaves the header out by itself.
    if (server === 'Caddy') expect(block).toMatch(/@hashed \{\s+path \/assets\/\*\s+file\s+\}/);
    for (const path of ['/assets/a.js', '/index.html']) expect(block).toContain(cachingOf(path));
  });
});
