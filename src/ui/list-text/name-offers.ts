import type { Mode } from '../../core/config/mode.ts';
import { usualTargets } from '../../core/config/setting-keys.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { searchTree } from '../../core/module-tree/search.ts';
import { escapePattern } from '../../core/python-re/escape.ts';
import { countTypes, moduleName, moduleType } from '../../core/module-tree/tree-index.ts';
import { formatCount } from '../../core/text/format-count.ts';
import type { CompletionPlace, NameOffer } from '../../monaco/completion-place.ts';

/** More names than this help nobody: one types on instead. */
export const mostOffers = 200;

export interface OfferSource {
  readonly mode: Mode;
  readonly student: ModuleTree | null;
  readonly teacher: ModuleTree | null;
}

/** Names of the model that fit at the cursor, the most fitting first. */
export function offerNames({ mode, student, teacher }: OfferSource, place: CompletionPlace): readonly NameOffer[] {
  if (!student) return [];
  switch (place.wanted) {
    case 'module':
      return offerModules(student, place.typed);
    case 'pattern':
      return offerPatterns(student, place.typed);
    case 'teacher-module':
      return offerModules(teacher ?? student, place.typed);
    case 'module-type':
      return offerTypes(student);
    case 'target':
      return offerTargets(student, mode);
  }
}

function offerModules(tree: ModuleTree, typed: string): readonly NameOffer[] {
  const first: NameOffer[] = [];
  const others: NameOffer[] = [];
  for (const row of searchTree(tree, { text: typed })) {
    if (row === 0) continue;
    const name = moduleName(tree, row);
    const offers = name.startsWith(typed) ? first : others;
    if (offers.length < mostOffers) offers.push({ name, detail: moduleType(tree, row) ?? '' });
    if (first.length >= mostOffers) break;
  }
  return [...first, ...others].slice(0, mostOffers);
}

/** Patterns that match one module: `layer1\\.0\\.conv1$`, as `re.match` also matches longer names. */
function offerPatterns(tree: ModuleTree, typed: string): readonly NameOffer[] {
  const name = typed.replaceAll('\\', '').replace(/\$$/, '');
  return offerModules(tree, name).map((offer) => ({ ...offer, name: `${escapePattern(offer.name)}$` }));
}

function offerTypes(tree: ModuleTree): readonly NameOffer[] {
  const counts = countTypes(tree);
  return tree.types
    .map((name, id) => ({ name, count: counts[id] ?? 0 }))
    .filter(({ name }) => name !== '')
    .toSorted((a, b) => b.count - a.count)
    .map(({ name, count }) => ({ name, detail: formatCount(count) }));
}

function offerTargets(tree: ModuleTree, mode: Mode): readonly NameOffer[] {
  const offers = new Map<string, string>(usualTargets(mode).map(({ name, meaning }) => [name, meaning]));
  const offer = (name: string, detail: string) => offers.has(name) || offers.set(name, detail);
  if (mode !== 'distillation') {
    for (const kind of ['parameters', 'buffers'] as const) {
      const detail = kind === 'parameters' ? 'parameter' : 'buffer';
      for (const spec of tree.specs) for (const { name } of spec[kind] ?? []) offer(name, detail);
    }
  }
  for (const spec of tree.specs) {
    for (const argument of spec.forward?.args ?? []) offer(`_input_${argument}`, 'input');
  }
  return [...offers].slice(0, mostOffers).map(([name, detail]) => ({ name, detail }));
}
