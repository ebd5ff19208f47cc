import { writeCompactJson } from '../../core/config/json-writer.ts';
import type { ConfigValue, KeyPath } from '../../core/config/value.ts';
import { isConfigObject } from '../../core/config/value.ts';
import { writeAlgorithm } from '../../core/algorithms/algorithm.ts';
import type { AlgorithmChange, AssertionChange, KeyChange, SubConfigChange, TemplateChange } from '../../core/plan/compare.ts';
import type { TargetDifference } from '../../core/plan/compare-resolutions.ts';
import type { Assertion, Plan } from '../../core/plan/plan.ts';
import { wordDemand } from './assertion-wording.ts';

const longest = 120;

/** A value on one line, cut when it is long. */
export function wordValue(value: ConfigValue | undefined): string {
  if (value === undefined) return 'nothing';
  const text = writeCompactJson(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** `target_settings.weight.sparse_ratio`. */
export function wordPath(path: KeyPath): string {
  return path.join('.');
}

/** The change of a key: `0.5 → 0.8`, `0.8, new`, `0.5, gone`. */
export function wordKeyChange({ before, after }: Pick<KeyChange, 'before' | 'after'>): string {
  if (before === undefined) return `${wordValue(after)}, new`;
  if (after === undefined) return `${wordValue(before)}, gone`;
  return `${wordValue(before)} → ${wordValue(after)}`;
}

/** The change of a sub-config as a whole; empty when only its keys changed. */
export function wordSubConfigChange(change: SubConfigChange): string {
  switch (change.type) {
    case 'added':
      return `#${change.to + 1} is new`;
    case 'removed':
      return `#${change.from + 1} is gone`;
    case 'changed': {
      const parts = [
        change.moved ? `was #${change.from + 1}` : '',
        change.enabled ? `turned ${change.enabled.after ? 'on' : 'off'}` : '',
        change.label ? `label ${JSON.stringify(change.label.before)} → ${JSON.stringify(change.label.after)}` : '',
      ].filter((part) => part !== '');
      return `#${change.to + 1}${parts.length > 0 ? `: ${parts.join(', ')}` : ' is changed'}`;
    }
  }
}

/** `Algorithm for pruning: L1NormPruner → AGPPruner(L1NormPruner) (interval_steps 10)`. */
export function wordAlgorithmChange({ mode, before, after }: AlgorithmChange): string {
  const word = ({ algorithm, call }: AlgorithmChange['before']): string => {
    const given = call.entries.map(([key, value]) => `${key} ${wordValue(value)}`).join(', ');
    return `${writeAlgorithm(algorithm)}${given === '' ? '' : ` (${given})`}`;
  };
  return `Algorithm for ${mode}: ${word(before)} → ${word(after)}`;
}

/** `Template of Conv1D for pruning: new`. */
export function wordTemplateChange({ type, mode, moduleType }: TemplateChange): string {
  const what = { added: 'new', removed: 'gone', changed: 'changed' }[type];
  return `Template of ${moduleType} for ${mode}: ${what}`;
}

/** `Assertion for pruning: #1 selects exactly 32 modules → #1 selects at least 30 modules`, `…: new`, `…: gone`. */
export function wordAssertionChange(change: AssertionChange, before: Plan, after: Plan): string {
  const { mode } = change.assertion;
  const now = wordAssertion(change.assertion, change.type === 'removed' ? before : after);
  switch (change.type) {
    case 'added':
      return `Assertion for ${mode}: ${now}, new`;
    case 'removed':
      return `Assertion for ${mode}: ${now}, gone`;
    case 'changed':
      return `Assertion for ${mode}: ${wordAssertion(change.before, before)} → ${now}`;
  }
}

function wordAssertion({ mode, subConfig, label, demand }: Assertion, { lists }: Plan): string {
  const at = lists[mode].findIndex(({ id }) => id === subConfig);
  const about = subConfig === null ? 'the list' : at < 0 ? 'a sub-config that is gone' : `#${at + 1}`;
  return `${about} ${wordDemand(demand)}${label === '' ? '' : ` (${label})`}`;
}

/** `weight.sparse_ratio 0.5 → 0.8`, `weight, new: sparse_ratio 0.8`, `weight, not set any more`. */
export function wordDifference({ target, key, before, after }: TargetDifference): string {
  if (key !== null) return `${target}.${key} ${wordKeyChange({ before, after })}`;
  return after === undefined ? `${target}, not set any more` : `${target}, new: ${wordSetting(after)}`;
}

/** The keys of a setting that have a value. */
function wordSetting(setting: ConfigValue): string {
  if (!isConfigObject(setting)) return wordValue(setting);
  const shown = setting.entries.filter(([, value]) => value !== null && value !== 'default');
  return shown.map(([key, value]) => `${key} ${wordValue(value)}`).join(', ');
}
