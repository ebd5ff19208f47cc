import { selectorKeys } from '../../config/selector-keys.ts';
import { getKey, isConfigObject, objectOf, withKey, type ConfigObject } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { linksOf } from '../../algorithms/links.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import type { ListEdit } from '../../config/list-edits.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { moduleName } from '../../module-tree/tree-index.ts';

/** Sub-configs that one fix makes at most: more are no list to read. */
const mostLinked = 64;

const selectors: ReadonlySet<string> = new Set(selectorKeys);

/** A sub-config with links that the teacher does not have. */
export interface UnlinkedSubConfig {
  readonly config: ConfigObject;
  /** Its index in the list, and how many sub-configs that has. */
  readonly index: number;
  readonly listLength: number;
  /** All modules that it configures, ascending; none has a link in the teacher. */
  readonly modules: readonly number[];
}

/**
 * Links modules to their counterparts in the teacher (rule X6): as a sub-config has one link, several modules get a
 * sub-config each. Nothing is offered where a target has a link of its own, or no counterpart is plain.
 */
export function linkFixes(unlinked: UnlinkedSubConfig, tree: ModuleTree, teacher: ModuleTree): readonly Fix[] {
  const { config, index, listLength, modules } = unlinked;
  const targets = getKey(config, 'target_settings');
  const hasOwn =
    isConfigObject(targets) &&
    targets.entries.some(([, setting]) => isConfigObject(setting) && getKey(setting, 'link') !== undefined);
  if (hasOwn || modules.length === 0 || modules.length > mostLinked) return [];
  const links = counterpartsOf(modules, tree, teacher);
  if (!links) return [];
  const [first, last] = [links[0]!, links.at(-1)!];
  if (links.length === 1) {
    return [fix('link-to', { link: first }, { type: 'set', path: [index, 'link'], value: first })];
  }
  const rest = config.entries.filter(([key]) => !selectors.has(key));
  const edits = links.flatMap((link, at): readonly ListEdit[] => {
    const value = withKey(objectOf([['op_names', [moduleName(tree, modules[at]!)]], ...rest]), 'link', link);
    if (at === 0) return [{ type: 'set', path: [index], value }];
    const end = listLength + at - 1;
    return [
      { type: 'set', path: [end], value },
      { type: 'move', from: end, to: index + at },
    ];
  });
  return [fix('link-each', { first, last }, ...edits)];
}

/**
 * Offers to link sub-configs whose modules take the same names of the teacher, where the teacher is deeper: each block of the
 * student learns from one of evenly spread blocks (rule X6c). Nothing is offered for a part of the student's blocks. By sub-config.
 */
export function offerLinks(resolution: Resolution, tree: ModuleTree, teacher: ModuleTree | null): ReadonlyMap<number, readonly Fix[]> {
  const offers = new Map<number, readonly Fix[]>();
  if (teacher === null) return offers;
  for (const [index, modules] of unlinkedModules(resolution, tree)) {
    const config = resolution.effective[index];
    if (config === undefined) continue;
    const fixes = spreadLinks({ config, index, listLength: resolution.effective.length, modules }, tree, teacher);
    if (fixes.length > 0) offers.set(index, fixes);
  }
  return offers;
}

/** Links all blocks of the student to evenly spread blocks of a deeper teacher (rule X6c). */
export function spreadLinks(unlinked: UnlinkedSubConfig, tree: ModuleTree, teacher: ModuleTree): readonly Fix[] {
  const { modules } = unlinked;
  if (modules.length < 2 || !isWholeFamily(modules, tree)) return [];
  const ownNames = new Set(modules.map((module) => moduleName(tree, module)));
  return linkFixes(unlinked, tree, teacher).filter(
    ({ code, values }) => code === 'link-each' && !(ownNames.has(values.first) && ownNames.has(values.last)),
  );
}

/** The modules of each sub-config that links none of them to another name. */
function unlinkedModules(resolution: Resolution, tree: ModuleTree): ReadonlyMap<number, readonly number[]> {
  const modulesOf = new Map<number, Set<number>>();
  const linked = new Set<number>();
  resolution.outcomeId.forEach((id, module) => {
    for (const { subConfig, setting } of resolution.outcomes[id]?.targets ?? []) {
      if (linked.has(subConfig)) continue;
      const modules = modulesOf.get(subConfig) ?? new Set<number>();
      modulesOf.set(subConfig, modules.add(module));
      const name = moduleName(tree, module);
      if (linksOf(getKey(setting, 'link'), name).some((link) => link !== name)) linked.add(subConfig);
    }
  });
  return new Map([...modulesOf].flatMap(([subConfig, modules]) => (linked.has(subConfig) ? [] : [[subConfig, [...modules]]])));
}

/** Whether the modules are all that differ from the first one in one number. */
function isWholeFamily(modules: readonly number[], tree: ModuleTree): boolean {
  const texts = modules.map((module) => moduleName(tree, module).split(/(\d+)/));
  const [first = []] = texts;
  const varying = [...first.keys()].filter((part) => texts.some((text) => text[part] !== first[part]));
  const [place] = varying;
  if (place === undefined || varying.length > 1 || place % 2 === 0) return false;
  const [prefix, suffix] = [first.slice(0, place).join(''), first.slice(place + 1).join('')];
  return familiesOf(tree, suffix).find((family) => family.prefix === prefix)?.members.length === modules.length;
}

/** For each module its plain counterpart in the teacher; `null` where that is not clear for every one. */
function counterpartsOf(modules: readonly number[], tree: ModuleTree, teacher: ModuleTree): readonly string[] | null {
  return byPrefix(modules, tree, teacher) ?? byNumber(modules, tree, teacher);
}

const typeOf = (tree: ModuleTree, module: number): string => tree.types[tree.typeId[module]!] ?? '';

/** One of the models is wrapped in the other: `bert.encoder` is `encoder`. */
function byPrefix(modules: readonly number[], tree: ModuleTree, teacher: ModuleTree): readonly string[] | null {
  const links: string[] = [];
  for (const module of modules) {
    const name = moduleName(tree, module);
    const alike: string[] = [];
    for (let other = 0; other < teacher.size; other++) {
      const candidate = moduleName(teacher, other);
      const ends = candidate.endsWith(`.${name}`) || (candidate !== '' && name.endsWith(`.${candidate}`));
      if (ends && typeOf(teacher, other) === typeOf(tree, module)) alike.push(candidate);
    }
    if (alike.length !== 1) return null;
    links.push(alike[0]!);
  }
  return new Set(links).size === links.length ? links : null;
}

interface Family {
  readonly prefix: string;
  readonly members: { readonly number: number; readonly module: number }[];
}

/**
 * Blocks that differ in one number are the counterparts of such blocks of the teacher; in a deeper teacher, of evenly spread
 * ones up to the last. Blocks of the same type come first, then blocks that are the least deep inside of the teacher.
 */
function byNumber(modules: readonly number[], tree: ModuleTree, teacher: ModuleTree): readonly string[] | null {
  if (modules.length < 2) return null;
  const names = modules.map((module) => moduleName(tree, module).split(/(\d+)/));
  const varying = [...names[0]!.keys()].filter((part) => names.some((name) => name[part] !== names[0]![part]));
  const [place] = varying;
  if (place === undefined || varying.length > 1 || place % 2 === 0) return null;
  if (names.some((name) => name.length !== names[0]!.length)) return null;
  const suffix = names[0]!.slice(place + 1).join('');
  const families = familiesOf(teacher, suffix).filter(({ members }) => members.length >= modules.length);
  const type = typeOf(tree, modules[0]!);
  const same = families.filter(({ members }) => typeOf(teacher, members[0]!.module) === type);
  const chosen = leastDeep(same.length > 0 ? same : families);
  if (!chosen) return null;
  const ordered = chosen.members.toSorted((a, b) => a.number - b.number);
  const order = names.map((name) => Number(name[place])).toSorted((a, b) => a - b);
  return names.map((name) => {
    const at = order.indexOf(Number(name[place]));
    const like = ordered[Math.round(((at + 1) * ordered.length) / modules.length) - 1]!;
    return moduleName(teacher, like.module);
  });
}

/** Modules that differ in one number and end alike. */
function familiesOf(tree: ModuleTree, suffix: string): readonly Family[] {
  const families = new Map<string, Family>();
  for (let module = 0; module < tree.size; module++) {
    const name = moduleName(tree, module);
    if (!name.endsWith(suffix)) continue;
    const match = /^(.*?)(\d+)$/s.exec(name.slice(0, name.length - suffix.length));
    if (!match) continue;
    const [, prefix = '', number] = match;
    const family = families.get(prefix) ?? { prefix, members: [] };
    families.set(prefix, family);
    family.members.push({ number: Number(number), module });
  }
  return [...families.values()];
}

/** The only family at the least depth. */
function leastDeep(families: readonly Family[]): Family | null {
  const depthOf = ({ prefix }: Family): number => prefix.split('.').length;
  const least = Math.min(...families.map(depthOf));
  const outermost = families.filter((family) => depthOf(family) === least);
  return outermost.length === 1 ? outermost[0]! : null;
}
