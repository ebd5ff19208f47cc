import { fix } from '../../diagnostics/fix.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { nameAt } from '../../module-tree/packed-names.ts';
import { matchName } from '../../python-re/match/match-name.ts';
import { compilePattern } from '../../python-re/pattern.ts';
import type { PythonVersion } from '../../python-re/python-version.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { OfSubConfig } from '../from-observation.ts';

/** `name` is the first of `count` modules that are taken too. */
export interface CutNumberValues extends OfSubConfig {
  readonly pattern: string;
  readonly name: string;
  readonly count: number;
}

const lookedAt = 400;
const namedAtMost = 400;

/** A pattern that ends in the middle of a number for some names and at its end for others (rule S2): `layer1` also takes `layer10`. */
export const cutNumber: FindingKind<CutNumberValues> = {
  words: ({ pattern, name, count }) => ({
    title: `${shortened(pattern)} also takes ${shortened(name)}${andMore(count)}.`,
    why: 'A pattern is anchored at the start of the name only; it stops here in the middle of a number.',
  }),
};

/** The fix ends the pattern at a dot or the end of the name; it is offered when it takes only those names away. */
export function findCutNumbers({ resolution, tree, resolver, python }: FindingInput): readonly FindingOf<'cut-number', CutNumberValues>[] {
  return resolution.subConfigs.flatMap(({ entries }, subConfig) =>
    entries.flatMap(({ key, index, value, state, count }): readonly FindingOf<'cut-number', CutNumberValues>[] => {
      if (!key.endsWith('_re') || state.type !== 'fine' || count === 0) return [];
      const swept = resolver.sweep(value, python);
      if (swept.type !== 'matched') return [];
      const ended = endPattern(value);
      const better = resolver.sweep(ended, python);
      // Where nothing ends properly, the number is not what was meant.
      if (better.type !== 'matched' || better.count === 0 || better.count >= swept.count) return [];
      const cut = cutModules(value, swept.mask, better.mask, tree, python);
      if (cut.count === 0) return [];
      const end = fix('end-pattern', { pattern: ended, count: better.count }, { type: 'set', path: [subConfig, key, index], value: ended });
      return [
        {
          code: 'cut-number',
          severity: 'silent',
          rule: 'S2',
          where: { subConfig, path: [key, index], range: [0, value.length], modules: cut.modules },
          values: { subConfig: subConfig + 1, pattern: value, name: nameAt(tree.names, cut.modules[0]!), count: cut.count },
          fixes: [end],
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
  python: PythonVersion,
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
