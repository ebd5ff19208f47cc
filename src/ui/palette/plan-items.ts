import { readJsonValue } from '../../core/config/json-reader.ts';
import { settingKeys, type SettingKey } from '../../core/config/setting-keys.ts';
import { getKey, isConfigList } from '../../core/config/value.ts';
import { wordFinding } from '../../core/checks/word-finding.ts';
import { wordFix } from '../../core/diagnostics/fix.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import type { AppContext } from '../../store/app-context.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import { formatQuantity } from '../shared/format.ts';
import { numbersOfCards } from '../shared/use-number-of.ts';
import type { PaletteItem } from './palette-item.ts';

/** Beyond these, single settings of each sub-config are more than anyone looks for here. */
const mostWithSettings = 40;

/** Entries that the plan, the samples and the findings of the resolved lists give. */
export function planItems(app: AppContext, lists: DerivedState['lists']): readonly PaletteItem[] {
  return [...subConfigItems(app), ...fixItems(app, lists), ...settingItems(app), ...savedPlanItems(app), ...sampleItems(app)];
}

function subConfigItems({ document, view, actions, derived }: AppContext): readonly PaletteItem[] {
  if (!derived.getState().student) return [];
  const { mode } = view.getState();
  const list = selectPlan(document.getState()).lists[mode];
  return list.flatMap((subConfig, at): readonly PaletteItem[] => {
    const { id, enabled } = subConfig;
    const name = `#${at + 1}`;
    const detail = describeSubConfig(subConfig);
    const item = (action: string, title: string, run: () => void): PaletteItem => ({
      id: `${action} ${mode} ${id}`,
      kind: 'Sub-config',
      title,
      detail,
      onlySearched: true,
      run,
    });
    const go: PaletteItem = {
      id: `go ${mode} ${id}`,
      kind: 'Sub-config',
      title: detail === '' ? `Go to ${name}` : `Go to ${name}: ${detail}`,
      run: () => actions.reveal({ type: 'sub-config', subConfigId: id }),
    };
    const move = (action: 'up' | 'down', to: number) =>
      item(action, `Move ${name} ${action}`, () => actions.edit({ type: 'move-sub-config', mode, id, to }));
    return [
      go,
      item('duplicate', `Duplicate ${name}`, () => actions.edit({ type: 'duplicate-sub-config', mode, id })),
      item('switch', `Switch ${name} ${enabled ? 'off' : 'on'}`, () =>
        actions.edit({ type: 'set-enabled', mode, id, enabled: !enabled }),
      ),
      ...(at > 0 ? [move('up', at - 1)] : []),
      ...(at < list.length - 1 ? [move('down', at + 1)] : []),
      item('remove', `Remove ${name}`, () => actions.edit({ type: 'remove-sub-configs', mode, ids: [id] })),
    ];
  });
}

/** Its label, else its selectors: `op_types Conv2d, Linear`. */
function describeSubConfig({ label, config }: SubConfig): string {
  if (label !== '') return label;
  for (const key of ['op_names', 'op_names_re', 'op_types']) {
    const value = getKey(config, key);
    if (!isConfigList(value) || value.length === 0) continue;
    const [first, second, ...more] = value.filter((entry) => typeof entry === 'string');
    if (first === undefined) continue;
    const named = second === undefined ? first : `${first}, ${second}`;
    return `${key} ${named}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  }
  return '';
}

/** More findings than these are not worth searching through here. */
const mostFindings = 200;

function fixItems({ view, derived, actions }: AppContext, lists: DerivedState['lists']): readonly PaletteItem[] {
  const { mode } = view.getState();
  const { listNumbers } = derived.getState();
  const numberOf = numbersOfCards(listNumbers[mode]);
  const items = (lists[mode]?.findings ?? []).slice(0, mostFindings).flatMap((finding, at) => {
    const { subConfig } = finding.where;
    return finding.fixes.map((fix, which) => ({
      id: `fix ${at} ${which}`,
      kind: 'Fix' as const,
      title: `${wordFix(fix, numberOf)}${subConfig === null ? '' : ` (#${numberOf(subConfig + 1)})`}`,
      detail: wordFinding(finding, numberOf).title,
      onlySearched: true,
      action: JSON.stringify(fix.action),
      run: () => actions.applyFix(fix, wordFix(fix, numberOf)),
    }));
  });
  // One fix may settle several findings.
  const seen = new Set<string>();
  return items.flatMap(({ action, ...item }) => (seen.has(action) ? [] : (seen.add(action), [item])));
}

function settingItems({ document, view, actions, derived }: AppContext): readonly PaletteItem[] {
  if (!derived.getState().student) return [];
  const { mode } = view.getState();
  const list = selectPlan(document.getState()).lists[mode];
  return list.slice(0, mostWithSettings).flatMap(({ id, config }, at) =>
    settingKeys[mode]
      .filter(({ key }) => getKey(config, key) === undefined)
      .map((entry): PaletteItem => ({
        id: `set ${entry.key} ${mode} ${id}`,
        kind: 'Setting',
        title: `Add ${entry.key} to #${at + 1}`,
        detail: entry.meaning,
        onlySearched: true,
        run: () => {
          const value = readJsonValue(startOf(entry));
          if (!value.ok) return;
          actions.edit({ type: 'set-value', mode, id, path: [entry.key], value: value.value });
          actions.reveal({ type: 'sub-config', subConfigId: id, path: [entry.key] });
        },
      })),
  );
}

/** The module names of an example do not occur in the model. */
function startOf({ kind, example }: SettingKey): string {
  return kind === 'fuse-names' ? '[]' : example;
}

function savedPlanItems({ plans, actions }: AppContext): readonly PaletteItem[] {
  const { openId, plans: saved } = plans.getState();
  return (saved ?? [])
    .filter(({ id }) => id !== openId)
    .map(({ id, name, model }) => ({
      id: `plan ${id}`,
      kind: 'Plan',
      title: `Open plan ${name === '' ? '(untitled)' : name}`,
      ...(model === null ? {} : { detail: model }),
      run: () => void actions.openPlan(id),
    }));
}

function sampleItems({ samples, actions }: AppContext): readonly PaletteItem[] {
  return samples.map((sample) => ({
    id: `sample ${sample.id}`,
    kind: 'Sample',
    title: `Open sample ${sample.title}`,
    detail: formatQuantity(sample.modules, 'module'),
    run: () => void actions.openSample(sample),
  }));
}
