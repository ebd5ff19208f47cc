import { useMemo } from 'react';
import type { SubConfig } from '../../core/plan/plan.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useDerived, useSubConfigs, useView } from '../shared/use-app.ts';

/** A sub-config with the number that its card shows. */
export interface NumberedSubConfig {
  readonly subConfig: SubConfig;
  readonly number: number;
}

const selectMode = (state: ViewState) => state.mode;
const selectListIds = (state: DerivedState) => state.listIds;

/** The sub-configs that explanations and findings count, by their index; those that are gone are left empty. */
export function useResolvedSubConfigs(): readonly (NumberedSubConfig | null)[] {
  const ids = useDerived(selectListIds)[useView(selectMode)];
  const list = useSubConfigs();
  return useMemo(
    () =>
      ids.map((id) => {
        const index = list.findIndex((subConfig) => subConfig.id === id);
        const subConfig = list[index];
        return subConfig ? { subConfig, number: index + 1 } : null;
      }),
    [ids, list],
  );
}
