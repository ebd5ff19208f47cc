import type { Finding } from '../../core/checks/finding.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { pathText } from '../inspector/wording.ts';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import { useDerived, useSubConfigs, useView } from '../shared/use-app.ts';

const selectMode = (state: ViewState) => state.mode;
const selectListIds = (state: DerivedState) => state.listIds;

/** Which sub-config and key a finding is about. */
export function ProblemPlace({ finding }: { readonly finding: Finding }) {
  const { subConfig, path } = finding.where;
  const ids = useDerived(selectListIds)[useView(selectMode)];
  const list = useSubConfigs();
  const index = subConfig === null ? -1 : list.findIndex(({ id }) => id === ids[subConfig]);
  const own = list[index];
  if (!own) return null;
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <SubConfigMark number={index + 1} color={own.color} label={`Sub-config #${index + 1}`} />
      {path.length > 0 && <span className="font-mono [overflow-wrap:anywhere]">{pathText(path)}</span>}
    </span>
  );
}
