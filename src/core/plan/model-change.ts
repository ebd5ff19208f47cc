import { modes, type Mode } from '../config/mode.ts';
import { isConfigList, isConfigObject, type ConfigValue, type KeyPath } from '../config/value.ts';
import { compareTrees, type TreeRename } from '../module-tree/compare-trees.ts';
import { nameAt } from '../module-tree/packed-names.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { Plan } from './plan.ts';
import { applyPlanEdit, type TextRewrite } from './plan-edits.ts';
import { rewritesOfPattern } from './rewrite-pattern.ts';

/** The change of one sub-config in another version of the model. Lists of names hold the first few. */
export interface SubConfigChange {
  readonly mode: Mode;
  readonly id: string;
  readonly before: number;
  readonly after: number;
  readonly lost: readonly string[];
  readonly lostCount: number;
  readonly gained: readonly string[];
  readonly gainedCount: number;
}

/** A rename that brings lost modules back, as changes to the plan's texts. */
export interface OfferedRename {
  readonly type: TreeRename['type'];
  readonly text: string;
  readonly rewrites: readonly TextRewrite[];
  /** Modules that are selected again, counted once for each sub-config that had them. */
  readonly restored: number;
  /** Patterns for which no rewriting was found that matches the same modules. */
  readonly left: readonly string[];
}

/** The changes of a plan's matches in another version of the model (rule T27). */
export interface ModelChange {
  readonly subConfigs: readonly SubConfigChange[];
  /** Names in the plan that the old model has and the new model does not. */
  readonly missing: readonly string[];
  /** All selected modules that are lost, counted once for each sub-config. */
  readonly lostCount: number;
  readonly gainedCount: number;
  readonly renames: readonly OfferedRename[];
}

const mostNames = 200;
const mostRenames = 3;
const patternKeys: ReadonlySet<string> = new Set(['op_names_re', 'exclude_op_names_re']);
const nameKeys: ReadonlySet<string> = new Set(['op_names', 'exclude_op_names', 'fuse_names', 'module_name', 'link']);

/** Compares the selections of a plan in two versions of a model, and looks for renames that bring back lost modules. */
export function findModelChange(before: Resolver, after: Resolver, plan: Plan): ModelChange {
  const old = selectedNames(before, plan);
  const now = selectedNames(after, plan);
  const subConfigs = old.map(({ mode, id, names }, at): SubConfigChange => {
    const current = now[at]!.names;
    const lost = [...names].filter((name) => !current.has(name));
    const gained = [...current].filter((name) => !names.has(name));
    return {
      mode,
      id,
      before: names.size,
      after: current.size,
      lost: lost.slice(0, mostNames),
      lostCount: lost.length,
      gained: gained.slice(0, mostNames),
      gainedCount: gained.length,
    };
  });
  const missing = new Set<string>();
  for (const { text, kind } of textsOf(plan)) {
    if (kind === 'name' && before.indexOf(text) !== undefined && after.indexOf(text) === undefined) missing.add(text);
  }
  const lostCount = subConfigs.reduce((sum, change) => sum + change.lostCount, 0);
  const gainedCount = subConfigs.reduce((sum, change) => sum + change.gainedCount, 0);
  const renames = lostCount + missing.size === 0 ? [] : offerRenames(before, after, plan, old, now);
  return { subConfigs, missing: [...missing].slice(0, mostNames), lostCount, gainedCount, renames };
}

interface Selected {
  readonly mode: Mode;
  readonly id: string;
  readonly names: ReadonlySet<string>;
}

function selectedNames({ tree, resolve }: Resolver, plan: Plan): readonly Selected[] {
  return modes.flatMap((mode) => {
    const list = plan.lists[mode];
    if (list.length === 0) return [];
    const { subConfigs } = resolve({
      mode,
      list: list.map(({ config }) => config),
      templates: plan.templates,
      python: plan.python,
    });
    return list.map(({ id }, at) => {
      const names = new Set<string>();
      subConfigs[at]?.selected.forEach((state, row) => {
        if (state === 1) names.add(nameAt(tree.names, row));
      });
      return { mode, id, names };
    });
  });
}

/** A text of the plan that names modules, or a pattern of them, and its place. */
interface PlanText {
  readonly owner: TextRewrite['owner'];
  readonly kind: 'name' | 'pattern';
  readonly text: string;
}

function textsOf(plan: Plan): readonly PlanText[] {
  const texts: PlanText[] = [];
  for (const mode of modes) {
    for (const { id, config } of plan.lists[mode]) {
      walk(config, [], (path, text) => {
        const key = path.findLast((step) => typeof step === 'string');
        if (key === undefined || (key === 'link' && plan.teacher !== null)) return;
        const owner = { type: 'sub-config', mode, id, path } as const;
        if (patternKeys.has(key)) texts.push({ owner, kind: 'pattern', text });
        else if (nameKeys.has(key)) texts.push({ owner, kind: 'name', text });
      });
    }
  }
  for (const { id, demand } of plan.assertions) {
    if ('pattern' in demand) texts.push({ owner: { type: 'assertion', id }, kind: 'pattern', text: demand.pattern });
  }
  return texts;
}

function walk(value: ConfigValue, path: KeyPath, visit: (path: KeyPath, text: string) => void): void {
  if (typeof value === 'string') visit(path, value);
  else if (isConfigList(value)) value.forEach((item, at) => walk(item, [...path, at], visit));
  else if (isConfigObject(value)) for (const [key, item] of value.entries) walk(item, [...path, key], visit);
}

function offerRenames(
  before: Resolver,
  after: Resolver,
  plan: Plan,
  old: readonly Selected[],
  now: readonly Selected[],
): readonly OfferedRename[] {
  const { renames } = compareTrees(before.tree, after.tree);
  const offers: OfferedRename[] = [];
  for (const rename of renames.slice(0, mostRenames)) {
    const newNames = new Map(rename.pairs);
    const newName = (name: string) => newNames.get(name) ?? (after.indexOf(name) === undefined ? null : name);
    const rewrites: TextRewrite[] = [];
    const left: string[] = [];
    for (const { owner, kind, text } of textsOf(plan)) {
      const to = kind === 'name' ? (newNames.get(text) ?? text) : rewritePattern(text, rename, before, after, plan, newName);
      if (to === null) left.push(text);
      else if (to !== text) rewrites.push({ owner, from: text, to });
    }
    if (rewrites.length === 0) continue;
    const rewritten = selectedNames(after, applyPlanEdit(plan, { type: 'rewrite-texts', rewrites, label: '' }));
    let restored = 0;
    old.forEach(({ names }, at) => {
      for (const name of names) {
        const renamed = newName(name);
        if (renamed !== null && rewritten[at]!.names.has(renamed) && !now[at]!.names.has(renamed)) restored++;
      }
    });
    offers.push({ type: rename.type, text: rename.text, rewrites, restored, left });
  }
  return offers.toSorted((left, right) => right.restored - left.restored);
}

/** The pattern that matches the new names of its old matches; `null` when none is found. */
function rewritePattern(
  pattern: string,
  rename: TreeRename,
  before: Resolver,
  after: Resolver,
  plan: Plan,
  newName: (name: string) => string | null,
): string | null {
  const matched = before.sweep(pattern, plan.python);
  if (matched.type === 'invalid') return pattern;
  // Modules that are new count for nothing: only modules that were there before have to come out the same.
  const wanted = new Int8Array(after.tree.size).fill(-1);
  for (let row = 0; row < before.tree.size; row++) {
    const renamed = newName(nameAt(before.tree.names, row));
    const place = renamed === null ? undefined : after.indexOf(renamed);
    if (place !== undefined) wanted[place] = matched.mask[row]!;
  }
  for (const candidate of [pattern, ...rewritesOfPattern(pattern, rename)]) {
    const swept = after.sweep(candidate, plan.python);
    if (swept.type === 'matched' && wanted.every((state, row) => state === -1 || state === swept.mask[row])) {
      return candidate;
    }
  }
  return null;
}
