import { useMemo } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import { settingsText } from '../../../core/config/sub-config-words.ts';
import { getKey, isConfigList, type ConfigObject } from '../../../core/config/value.ts';
import { severities, type Severity } from '../../../core/diagnostics/severity.ts';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleType } from '../../../core/module-tree/tree-index.ts';
import { commonConfig, differenceText, firstName } from '../../../core/plan/families.ts';
import type { SubConfig } from '../../../core/plan/plan.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import type { SubConfigView } from '../../../worker/list-protocol.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import { useDerived, useDocument } from '../../shared/use-app.ts';
import { commonStart } from '../../shared/common-start.ts';
import { nameLookupOf } from '../../shared/name-lookup.ts';
import { sameItems, useKept } from '../../shared/use-kept.ts';

/** The content of a family's card. */
export interface FamilyFacts {
  /** How many of what: the beginning of the title. */
  readonly count: string;
  readonly title: string;
  readonly settings: string;
  /** The keys and values that all members share. */
  readonly common: ConfigObject;
  /** Of the first member. */
  readonly view: SubConfigView | null;
  readonly moduleCount: number;
  readonly severities: readonly { readonly severity: Severity; readonly count: number }[];
  readonly colors: { readonly first: number; readonly last: number };
  readonly isOn: boolean;
}

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectListIds = (state: DerivedState) => state.listIds;
const selectLists = (state: DerivedState) => state.lists;

/** The common part of a family's members, and the result for them. */
export function useFamily(mode: Mode, ids: readonly string[]): FamilyFacts {
  const wanted = useMemo(() => new Set(ids), [ids]);
  const select = (state: DocumentState) => state.history.present.lists[mode].filter(({ id }) => wanted.has(id));
  const members = useDocument(useKept(select, sameItems));
  const tree = useDerived(selectTree);
  const indexOf = useDerived(selectListIds)[mode];
  const list = useDerived(selectLists)[mode];
  const words = useMemo(() => {
    const { common, differing } = commonConfig(members);
    const settings = [rangeOf(members), settingsText(common, mode)].filter((text) => text !== '').join(' · ');
    const count = countOf(members, tree);
    const title = [count, differenceText(differing)].filter((text) => text !== '').join(', ');
    return { count, title, common, settings };
  }, [members, mode, tree]);
  // Of thousands of members: a search for each would take as long as all of them together, squared.
  const indices = useMemo(() => new Set(indexOf.flatMap((id, index) => (wanted.has(id) ? [index] : []))), [indexOf, wanted]);
  const findings = list?.findings.filter(({ where, intended }) => intended !== true && where.subConfig !== null && indices.has(where.subConfig)) ?? [];
  return {
    ...words,
    view: list?.subConfigs[indexOf.indexOf(ids[0]!)] ?? null,
    moduleCount: [...indices].reduce((sum, index) => sum + (list?.subConfigs[index]?.count ?? 0), 0),
    severities: severities
      .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
      .filter(({ count }) => count > 0),
    colors: { first: members[0]?.color ?? 0, last: members.at(-1)?.color ?? 0 },
    isOn: members.some(({ enabled }) => enabled),
  };
}

/** `bn1 … layer4.1.bn2`; a start that both share is named once: `encoder.layer.0 … 11`. With links `layer.0 … 5 → layer.1 … 11`. */
function rangeOf(members: readonly SubConfig[]): string {
  const names = rangeText(members, firstName);
  const links = rangeText(members, ({ entries }) => entries.flatMap(([key, value]) => (key === 'link' && typeof value === 'string' ? [value] : []))[0] ?? null);
  return [names, links].filter((text) => text !== '').join(' → ');
}

function rangeText(members: readonly SubConfig[], nameOf: (config: ConfigObject) => string | null): string {
  const [first, last] = [members[0], members.at(-1)].map((member) => member && nameOf(member.config));
  return first != null && last != null && first !== last ? `${first} … ${last.slice(commonStart([first, last]).length)}` : '';
}

/** `20 BatchNorm2d`, or `4 sub-configs of Conv2d` where one names several modules; without a model or names `20 alike`. */
function countOf(members: readonly SubConfig[], tree: ModuleTree | null): string {
  const names = members.map(({ config }) => firstName(config));
  const types = new Set(names.map((name) => (tree && name !== null ? typeAt(tree, name) : null)));
  const [type] = types;
  const count = formatCount(members.length);
  if (types.size !== 1 || type == null) return `${count} alike`;
  return members.some(({ config }) => namesSeveral(config)) ? `${count} sub-configs of ${type}` : `${count} ${type}`;
}

function namesSeveral(config: ConfigObject): boolean {
  const names = getKey(config, 'op_names');
  return isConfigList(names) && names.length > 1;
}

function typeAt(tree: ModuleTree, name: string): string | null {
  const row = nameLookupOf(tree).rowOf(name);
  return row < 0 ? null : moduleType(tree, row);
}
