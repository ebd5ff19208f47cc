import { useRef } from 'react';
import { titleText } from '../../core/config/sub-config-words.ts';
import { getKey, isConfigList, type ConfigObject } from '../../core/config/value.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import type { ListView } from '../../worker/list-protocol.ts';
import { useDerived, useDocument, useView } from '../shared/use-app.ts';
import { sameItems } from '../shared/use-kept.ts';

/** The facts about a sub-config that other parts of the page mention. */
export interface NumberedSubConfig {
  readonly id: string;
  readonly label: string;
  /** Its label, or the modules that it selects. */
  readonly title: string;
  readonly color: number;
  /** The number that its card shows. */
  readonly number: number;
  /** Whether it names no module, so that types alone choose. */
  readonly selectsByType: boolean;
}

const selectMode = (state: ViewState) => state.mode;
const selectIsTyping = (state: ViewState) => state.draft !== null;
const selectLists = (state: DerivedState) => state.lists;
const selectListIds = (state: DerivedState) => state.listIds;

/**
 * The sub-configs that explanations and findings count, by their index; removed ones are left empty. While a pattern is typed they follow with
 * the list that is resolved, not with each letter.
 */
export function useResolvedSubConfigs(): readonly (NumberedSubConfig | null)[] {
  const mode = useView(selectMode);
  const isTyping = useView(selectIsTyping);
  const list = useDerived(selectLists)[mode];
  const ids = useDerived(selectListIds)[mode];
  const kept = useRef<{ readonly list: ListView | null; readonly subConfigs: readonly (NumberedSubConfig | null)[] }>(undefined);
  return useDocument((state) => {
    const before = kept.current;
    if (before && isTyping && before.list === list) return before.subConfigs;
    const now = numbered(state.history.present.lists[mode], ids);
    const subConfigs = before && sameList(before.subConfigs, now) ? before.subConfigs : now;
    kept.current = { list, subConfigs };
    return subConfigs;
  });
}

/** The sub-configs of a list by their places among those that were resolved. */
function numbered(list: readonly SubConfig[], ids: readonly string[]): readonly (NumberedSubConfig | null)[] {
  const places = new Map(list.map(({ id }, index) => [id, index]));
  return ids.map((id) => {
    const index = places.get(id) ?? -1;
    const subConfig = list[index];
    if (!subConfig) return null;
    const { label, color, config } = subConfig;
    const selectsByType = isEmptyList(config, 'op_names') && isEmptyList(config, 'op_names_re');
    return { id, label, title: label || titleText(config), color, number: index + 1, selectsByType };
  });
}

function isEmptyList(config: ConfigObject, key: string): boolean {
  const value = getKey(config, key);
  return value === undefined || (isConfigList(value) && value.length === 0);
}

function sameList(a: readonly (NumberedSubConfig | null)[], b: readonly (NumberedSubConfig | null)[]): boolean {
  return sameItems(a, b, sameSubConfig);
}

function sameSubConfig(a: NumberedSubConfig | null, b: NumberedSubConfig | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.id === b.id &&
    a.label === b.label &&
    a.title === b.title &&
    a.color === b.color &&
    a.number === b.number &&
    a.selectsByType === b.selectsByType
  );
}
