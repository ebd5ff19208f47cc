import { writeCompactJson } from '../../core/config/json-writer.ts';
import { getKey, isConfigList, isConfigObject, type ConfigList, type ConfigObject } from '../../core/config/value.ts';
import { formatQuantity } from '../shared/format.ts';

const subConfigsShown = 100;
const namesShown = 3;

/** The new list, one line for each sub-config. */
export function NewListPreview({ list }: { readonly list: ConfigList }) {
  const configs = list.filter(isConfigObject);
  return (
    <>
      <ol aria-label="The list becomes" className="divide-y divide-line rounded-md border border-line">
        {configs.slice(0, subConfigsShown).map((config, index) => (
          <li key={index} className="flex gap-2.5 px-3 py-2">
            <span className="w-5 shrink-0 pt-px text-right text-xs text-muted tabular-nums">{index + 1}</span>
            <NewSubConfig config={config} />
          </li>
        ))}
      </ol>
      {configs.length > subConfigsShown && (
        <p className="text-xs text-muted">and {formatQuantity(configs.length - subConfigsShown, 'sub-config')} more</p>
      )}
    </>
  );
}

function NewSubConfig({ config }: { readonly config: ConfigObject }) {
  const value = getKey(config, 'op_names');
  const names = isConfigList(value) ? value.filter((name) => typeof name === 'string') : [];
  const id = getKey(config, 'dependency_group_id');
  const rest = config.entries.filter(([key]) => key !== 'op_names' && key !== 'dependency_group_id');
  const shown = names.slice(0, namesShown).join(', ');
  return (
    <div className="min-w-0 flex-1">
      <p>
        {typeof id === 'string' ? (
          <>
            Group <span className="font-mono text-xs font-medium">{id}</span>:{' '}
          </>
        ) : (
          'No group: '
        )}
        {formatQuantity(names.length, 'module')}
      </p>
      <p className="font-mono text-xs [overflow-wrap:anywhere] text-muted">
        {names.length > namesShown ? `${shown} … ${names.length - namesShown} more` : shown}
      </p>
      <p className="font-mono text-xs [overflow-wrap:anywhere] text-muted">{rest.map(([key, value]) => `${key} ${writeCompactJson(value)}`).join(' · ')}</p>
    </div>
  );
}
