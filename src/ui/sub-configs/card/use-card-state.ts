import { createTemplateRegistry, type FindTemplate } from '../../../core/config/setting-templates.ts';
import type { Mode } from '../../../core/config/mode.ts';
import type { Finding } from '../../../core/checks/finding.ts';
import type { SubConfig } from '../../../core/plan/plan.ts';
import type { SettingTemplate } from '../../../core/config/setting-templates.ts';
import type { SelectionEntry } from '../../../core/resolve/resolution.ts';
import { sizeOfMarks } from '../../../core/module-tree/module-marks.ts';
import type { SelectorKey } from '../../../core/config/selector-keys.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import type { SubConfigView } from '../../../worker/list-protocol.ts';
import { useDerived, useDocument } from '../../shared/use-app.ts';
import { sameItems, useKept } from '../../shared/use-kept.ts';
import type { Card } from './card-context.ts';
import { entriesOf, selectorValue } from '../selectors/entries.ts';

function sameText(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Lists of names are long: they are compared without being written out. */
function sameEntries(a: readonly SelectionEntry[], b: readonly SelectionEntry[]): boolean {
  return sameItems(a, b, sameEntry);
}

function sameEntry(a: SelectionEntry, b: SelectionEntry): boolean {
  return (
    a.value === b.value &&
    a.key === b.key &&
    a.index === b.index &&
    a.count === b.count &&
    a.effect === b.effect &&
    a.state.type === b.state.type &&
    (a.state.type === 'fine' || sameText(a.state, b.state))
  );
}

function sameView(a: SubConfigView | null, b: SubConfigView | null): boolean {
  if (a === b || !a || !b) return a === b;
  return (
    sizeOfMarks(a.marks) === sizeOfMarks(b.marks) &&
    a.count === b.count &&
    a.excludedCount === b.excludedCount &&
    a.wonTargets === b.wonTargets &&
    sameText(a.lostTargets, b.lostTargets) &&
    sameEntries(a.entries, b.entries)
  );
}

/** The sub-config with that id, and its number from 1; 0 when the list no longer has it. */
export function useSubConfig(mode: Mode, id: string): { readonly subConfig: SubConfig | undefined; readonly number: number } {
  const number = useDocument((state) => state.history.present.lists[mode].findIndex((one) => one.id === id) + 1);
  const subConfig = useDocument((state) => state.history.present.lists[mode].find((one) => one.id === id));
  return { subConfig, number };
}

/** The text of an entry as it is now, even where the card does not show it yet; `null` where none is. */
export function useEntryText({ mode, id }: Card, selector: SelectorKey, index: number): string | null {
  return useDocument((state) => {
    const config = state.history.present.lists[mode].find((one) => one.id === id)?.config;
    return (config && entriesOf(selectorValue(config, selector))[index]) ?? null;
  });
}

/** Ids of the sub-configs of a mode, in order. */
export function useSubConfigIds(mode: Mode): readonly string[] {
  const select = (state: DocumentState) => state.history.present.lists[mode].map(({ id }) => id);
  return useDocument(useKept(select, sameItems));
}

/** Index of a sub-config as the engine counts, which sees only enabled ones; -1 for others. */
export function useResolvedIndex(mode: Mode, id: string): number {
  return useDerived((state) => state.listIds[mode].indexOf(id));
}

/** The engine's view of the sub-config. The object is kept while the content is the same. */
export function useSubConfigView(mode: Mode, index: number): SubConfigView | null {
  const select = (state: DerivedState) => state.lists[mode]?.subConfigs[index] ?? null;
  return useDerived(useKept(select, sameView));
}

const noFindings: readonly Finding[] = [];

/** The findings of one sub-config, kept while they are the same. */
export function useOwnFindings(mode: Mode, index: number): readonly Finding[] {
  const select = (state: DerivedState) => findingsOf(state.lists[mode]?.findings ?? noFindings, index);
  return useDerived(useKept(select, sameText));
}

const bySubConfig = new WeakMap<readonly Finding[], ReadonlyMap<number, readonly Finding[]>>();

/** The findings of one sub-config. They are sorted once for each list: every change of a store asks again. */
function findingsOf(findings: readonly Finding[], index: number): readonly Finding[] {
  const sorted = bySubConfig.get(findings) ?? sortedBySubConfig(findings);
  bySubConfig.set(findings, sorted);
  return (index < 0 ? null : sorted.get(index)) ?? noFindings;
}

function sortedBySubConfig(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const sorted = new Map<number, Finding[]>();
  for (const finding of findings) {
    const { subConfig } = finding.where;
    if (subConfig === null || finding.intended === true) continue;
    const own = sorted.get(subConfig) ?? [];
    own.push(finding);
    sorted.set(subConfig, own);
  }
  return sorted;
}

const selectTemplates = (state: DocumentState) => state.history.present.templates;
const registries = new WeakMap<readonly SettingTemplate[], Map<Mode, FindTemplate>>();

/** The registry of setting templates of a mode: NNI's templates, overridden by the plan's templates. */
export function useTemplateRegistry(mode: Mode): FindTemplate {
  const templates = useDocument(selectTemplates);
  const ofPlan = registries.get(templates) ?? new Map<Mode, FindTemplate>();
  registries.set(templates, ofPlan);
  const registry = ofPlan.get(mode) ?? createTemplateRegistry(mode, templates);
  ofPlan.set(mode, registry);
  return registry;
}
