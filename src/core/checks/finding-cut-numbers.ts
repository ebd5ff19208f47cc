import type { Finding } from '../diagnostics/finding.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { nameAt } from '../module-tree/packed-names.ts';
import { matchName } from '../python-re/match.ts';
import { compilePattern } from '../python-re/pattern.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { FindingContext } from './find-findings.ts';

const lookedAt = 400;
const namedAtMost = 5;

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
      const cut = cutNames(value, swept.mask, tree, python);
      if (!cut) return [];
      const ended = `(?:${value})(?:\\.|$)`;
      const better = resolver.sweep(ended, python);
      const helps = better.type === 'matched' && better.count > 0 && better.count < swept.count;
      const edits = [{ type: 'set', path: [subConfig, key, index], value: ended }] as const;
      return [
        {
          code: 'cut-number',
          severity: 'silent',
          where: { subConfig, path: [key, index], range: [0, value.length], modules: cut.slice(0, namedAtMost) },
          values: { subConfig: subConfig + 1, pattern: value, name: nameAt(tree.names, cut[0]!), count: cut.length },
          fixes:
            helps && resolution.translated === null
              ? [{ code: 'end-pattern', values: { pattern: ended, count: better.count }, action: { type: 'edit-list', edits } }]
              : [],
        },
      ];
    }),
  );
}

/** Modules at whose number the pattern stops too early; `null` unless it stops properly at others. */
function cutNames(
  pattern: string,
  mask: Uint8Array,
  tree: ModuleTree,
  python: FindingContext['python'],
): readonly number[] | null {
  if (!/\d$/.test(pattern)) return null;
  const compiled = compilePattern(pattern, python);
  if (!compiled.ok) return null;
  const cut: number[] = [];
  let proper = false;
  let seen = 0;
  for (let module = 0; module < tree.size && seen < lookedAt; module++) {
    if (mask[module] !== 1) continue;
    seen++;
    const name = nameAt(tree.names, module);
    const match = matchName(compiled.value, name);
    if (match.type !== 'match' || match.end === 0) continue;
    if (/\d/.test(name[match.end] ?? '') && /\d/.test(name[match.end - 1]!)) cut.push(module);
    else proper = true;
  }
  return proper && cut.length > 0 ? cut : null;
}
