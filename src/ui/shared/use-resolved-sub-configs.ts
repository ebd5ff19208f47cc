import { titleText } from '../../core/config/sub-config-words.ts';
import { getKey, isConfigList, type ConfigObject } from '../../core/config/value.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useDerived, useDocument, useView } from '../shared/use-app.ts';
import { sameItems, useKept } from '../shared/use-kept.ts';

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
const selectListIds = (state: DerivedState) => state.listIds;

/** The sub-configs that explanations and findings count, by their index; removed ones are left empty. */
export function useResolvedSubConfigs(): readonly (NumberedSubConfig | null)[] {
  const mode = useView(selectMode);
  const ids = useDerived(selectListIds)[mode];
  const select = (state: DocumentState) => {
    const list = state.history.present.lists[mode];
    const places = new Map(list.map(({ id }, index) => [id, index]));
    return ids.map((id): NumberedSubConfig | null => {
      const index = places.get(id) ?? -1;
      const subConfig = list[index];
      if (!subConfig) return null;
      const { label, color, config } = subConfig;
      const selectsByType = isEmptyList(config, 'op_names') && isEmptyList(config, 'op_names_re');
      return { id, label, title: label || titleText(config), color, number: index + 1, selectsByType };
    });
  };
  return useDocument(useKept(select, sameList));
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
