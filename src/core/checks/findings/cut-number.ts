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

/** Finds patterns that end inside a number for some names; one finding an entry, with the pattern that ends it (rules S2, F3b). */
export function findCutNumbers({ resolution, tree, resolver, python }: FindingInput): readonly FindingOf<'cut-number', CutNumberValues>[] {
  return resolution.subConfigs.flatMap(({ entries }, subConfig) =>
    entries.flatMap(({ key, index, value, state, count }): readonly FindingOf<'cut-number', CutNumberValues>[] => {
      if (!key.endsWith('_re') || state.type !== 'fine' || count === 0) return [];
      const swept = resolver.sweep(value, python);
      if (swept.type !== 'matched') return [];
      const sweep: Sweep = (pattern) => {
        const answer = resolver.sweep(pattern, python);
        // Where nothing is left, the cut number was not the intention.
        return answer.type === 'matched' && answer.count > 0 && answer.count < swept.count ? answer : null;
      };
      const cut = cutAtEnd(value, swept.mask, sweep, tree, python) ?? cutInside(value, swept.mask, sweep);
      if (cut === null) return [];
      const end = fix('end-pattern', { pattern: cut.better, count: cut.left }, { type: 'set', path: [subConfig, key, index], value: cut.better });
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

/** A sweep of a pattern that takes some of the names away, and not all. */
type Sweep = (pattern: string) => { readonly mask: Uint8Array; readonly count: number } | null;

/** The better pattern, how many names it takes, and the modules that it takes away. */
interface Cut {
  readonly better: string;
  readonly left: number;
  readonly modules: readonly number[];
  readonly count: number;
}

/** The fix ends the pattern at a dot or the end of the name; it is offered when it takes only the unintended names away. */
function cutAtEnd(value: string, taken: Uint8Array, sweep: Sweep, tree: ModuleTree, python: PythonVersion): Cut | null {
  const better = endPattern(value);
  const swept = sweep(better);
  if (swept === null) return null;
  const cut = cutModules(value, taken, swept.mask, tree, python);
  return cut.count === 0 ? null : { better, left: swept.count, ...cut };
}

/**
 * A number next to a wildcard: `.*\.1.*qkv` also takes `.10`. The fix puts a dot behind it or before it, where that takes away
 * the same names as asking for no further digit.
 */
function cutInside(value: string, taken: Uint8Array, sweep: Sweep): Cut | null {
  const guarded = guardNumbers(value, String.raw`(?!\d)`, String.raw`(?<!\d)`);
  const swept = guarded === value ? null : sweep(guarded);
  if (swept === null) return null;
  const modules: number[] = [];
  let count = 0;
  taken.forEach((is, module) => {
    if (is === 0 || swept.mask[module] === 1) return;
    count++;
    if (modules.length < namedAtMost) modules.push(module);
  });
  const plain = guardNumbers(value, String.raw`\.`, String.raw`\.`);
  const isSame = sweep(plain)?.mask.every((is, module) => is === swept.mask[module]) === true;
  return { better: isSame ? plain : guarded, left: swept.count, modules, count };
}

/** Puts something behind numbers that a wildcard follows, and before numbers that one precedes. */
function guardNumbers(pattern: string, behind: string, before: string): string {
  // Classes and repetitions hold numbers of another kind.
  return pattern.replaceAll(/\[(?:\\.|[^\]\\])*\]|\{[^}]*\}|\\\d+|(?<=(?<wild>(?<!\\)\.[*+]\??)?)(?<number>\d+)(?=(?<next>\.[*+])?)/g, (...found) => {
    const [whole] = found as readonly [string, ...unknown[]];
    const groups = found.at(-1) as Readonly<Record<string, string | undefined>>;
    if (groups['number'] === undefined) return whole;
    return `${groups['wild'] === undefined ? '' : before}${whole}${groups['next'] === undefined ? '' : behind}`;
  });
}

/** The pattern with its end put at a dot or the end of the name; the dots of a plain name are escaped. */
function endPattern(pattern: string): string {
  return /^[\w.]+$/.test(pattern) ? `${pattern.replaceAll('.', String.raw`\.`)}(?:\\.|$)` : `(?:${pattern})(?:\\.|$)`;
}

/** Modules that only the unchanged pattern takes and in whose number it stops; as many as are looked at. */
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
