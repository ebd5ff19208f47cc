import type { Finding } from '../diagnostics/finding.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { nameAt } from '../module-tree/packed-names.ts';
import { matchName } from '../python-re/match/match-name.ts';
import { compilePattern } from '../python-re/pattern.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { FindingContext } from './finding-context.ts';

const lookedAt = 400;
const namedAtMost = 400;

/**
 * Patterns that end in the middle of a number for some names and at its end for others (rule S2): `layer1` also takes
 * `layer10`. The fix ends the pattern at a dot or the end of the name; it is offered when it takes only those names away.
 */
export function findCutNumbers(
  resolution: Resolution,
  tree: ModuleTree,
  { resolver, python }: FindingContext,
): readonly Finding[] {
  return resolution.subConfigs.flatMap(({ entries }, subConfig) =>
    entries.flatMap(({ key, index, value, state, count }): readonly Finding[] => {
      if (!key.endsWith('_re') || state.type !== 'fine' || count === 0) return [];
      const swept = resolver.sweep(value, python);
      if (swept.type !== 'matched') return [];
      const ended = endPattern(value);
      const better = resolver.sweep(ended, python);
      // Where nothing ends properly, the number is not what was meant.
      if (better.type !== 'matched' || better.count === 0 || better.count >= swept.count) return [];
      const cut = cutModules(value, swept.mask, better.mask, tree, python);
      if (cut.count === 0) return [];
      const edits = [{ type: 'set', path: [subConfig, key, index], value: ended }] as const;
      return [
        {
          code: 'cut-number',
          severity: 'silent',
          where: { subConfig, path: [key, index], range: [0, value.length], modules: cut.modules },
          values: { subConfig: subConfig + 1, pattern: value, name: nameAt(tree.names, cut.modules[0]!), count: cut.count },
          fixes: [{ code: 'end-pattern', values: { pattern: ended, count: better.count }, action: { type: 'edit-list', edits } }],
        },
      ];
    }),
  );
}

/** The pattern with its end put at a dot or the end of the name; the dots of what reads as a plain name are escaped. */
function endPattern(pattern: string): string {
  return /^[\w.]+$/.test(pattern) ? `${pattern.replaceAll('.', String.raw`\.`)}(?:\\.|$)` : `(?:${pattern})(?:\\.|$)`;
}

/** Of the modules that only the pattern as it stands takes, those in whose number it stops; as many as are looked at. */
function cutModules(
  pattern: string,
  taken: Uint8Array,
  proper: Uint8Array,
  tree: ModuleTree,
  python: FindingContext['python'],
): { readonly modules: readonly number[]; readonly count: number } {
  const compiled = compilePattern(pattern, python);
  const modules: number[] = [];
  let count = 0;
  let seen = 0;
  for (let module = 0; compiled.ok && module < tree.size; module++) {
    if (taken[module] !== 1 || proper[module] === 1) continue;
    if (seen++ < lookedAt) {
      const name = nameAt(tree.names, module);
      const match = matchName(compiled.value, name);
      if (match.type !== 'match' || match.end === 0) continue;
      if (!/\d/.test(name[match.end] ?? '') || !/\d/.test(name[match.end - 1]!)) continue;
      if (modules.length < namedAtMost) modules.push(module);
    } else if (count === 0) break;
    count++;
  }
  return { modules, count };
}
