import { forecastList, sumOf, totalMacs, type Range } from '../core/checks/speedup-of-list.ts';
import { getKey, intOf, isConfigList, isConfigObject, objectOf, type ConfigEntry, type ConfigObject, type ConfigValue } from '../core/config/value.ts';
import { forecastSpeedup, type SpeedupError, type SpeedupForecast } from '../core/graph/forecast/forecast-speedup.ts';
import { isCodeUnchecked } from '../core/graph/unchecked-code.ts';
import type { CallShape } from '../core/module-tree/model-graph.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { createNameLookup, moduleName, moduleSpec } from '../core/module-tree/tree-index.ts';
import type { PythonVersion } from '../core/python-re/python-version.ts';
import type { Resolver } from '../core/resolve/resolver.ts';
import { exceptionName } from '../core/resolve/report.ts';
import { UnusableInput } from './command-line.ts';
import { loadNamesFor } from './graph-commands.ts';

/** Says once that NNI's tracer may not take code of the model, where no exporter looked at it (rule G20j). */
export function warnOfUncheckedCode(tree: ModuleTree, complain: (text: string) => void): void {
  if (!isCodeUnchecked(tree)) return;
  complain("An older exporter wrote this data flow. It did not look for code that ModelSpeedup's own tracer does not take (a lambda, a branch on self.training). Export the model again to be sure.");
}

interface SpeedupSetting {
  readonly resolver: Resolver;
  readonly python: PythonVersion;
}

/** The output of `speedup` for one list, or for `{"config_list", "rows"}` with the rows that are kept. */
export async function answerSpeedup(request: ConfigValue, place: string, { resolver, python }: SpeedupSetting): Promise<ConfigValue> {
  const { tree } = resolver;
  const rows = isConfigObject(request) ? getKey(request, 'rows') : undefined;
  if (rows !== undefined && rows !== null) {
    const forecast = forecastSpeedup(tree, keptRows(rows, place, tree))!;
    return report(forecast, tree, { isExact: forecast.notFollowed.length === 0 && tree.graph!.recordedBy === '', notFollowed: forecast.notFollowed, params: null, macs: null, mayFail: false, otherError: null });
  }
  const list = isConfigObject(request) ? getKey(request, 'config_list') : request;
  if (list === undefined || !isConfigList(list)) throw new UnusableInput(`${place} is neither a list of sub-configs nor {"config_list": […], "rows": {…}}.`);
  await loadNamesFor(list);
  const found = forecastList(resolver.resolve({ mode: 'pruning', list, templates: [], python }), resolver)!;
  if (found.type === 'not-pruned') return objectOf([['error', errorValue('prune', exceptionName(found.error), found.error.message)]]);
  return report(found.forecast, tree, found);
}

function errorValue(stage: string, type: string, message: string): ConfigObject {
  return objectOf([['stage', stage], ['type', type], ['message', message]]);
}

/** `"0110…"` by module: 1 for a row of the weight that is kept. */
function keptRows(rows: ConfigValue, place: string, tree: ModuleTree): Map<number, Uint8Array> {
  if (!isConfigObject(rows)) throw new UnusableInput(`${place}: rows is no object of texts like "0110".`);
  const { rowOf } = createNameLookup(tree);
  return new Map(rows.entries.map(([name, bits]) => {
    const row = rowOf(name);
    if (row < 0) throw new UnusableInput(`${place}: the model has no module ${name}.`);
    const total = moduleSpec(tree, row).parameters?.find((tensor) => tensor.name === 'weight')?.shape?.[0];
    if (typeof bits !== 'string' || /[^01]/.test(bits) || (total !== undefined && bits.length !== total)) {
      throw new UnusableInput(`${place}: the rows of ${name} should be ${total ?? 'some'} characters, 1 for each row that is kept and 0 for the others.`);
    }
    return [row, Uint8Array.from(bits, Number)] as const;
  }));
}

interface Sureness {
  readonly isExact: boolean;
  readonly notFollowed: readonly string[];
  readonly params: Range | null;
  readonly macs: Range | null;
  readonly mayFail: boolean;
  readonly otherError: SpeedupError | null;
}

function report(forecast: SpeedupForecast, tree: ModuleTree, { isExact, notFollowed, params, macs, mayFail, otherError }: Sureness): ConfigObject {
  const { model, error } = forecast;
  const entries: ConfigEntry[] = [];
  if (model !== null) {
    entries.push(
      ['result', objectOf([...model.shapes].map(([row, tensors]) => [moduleName(tree, row), shapesValue(tensors)] as const))],
      ['params', numberOrNull(model.params)],
      ['params_before', numberOrNull(forecast.paramsBefore)],
      ['macs', intOf(Math.round(totalMacs(forecast)))],
      ['macs_before', intOf(Math.round(sumOf(forecast.macsBefore.values())))],
    );
  }
  entries.push(['exact', isExact]);
  if (isExact && isCodeUnchecked(tree)) entries.push(['code_checked', false]);
  if (model !== null) {
    // Where an operation is not followed, or some rows make it fail, ModelSpeedup can leave something outside of the range.
    if (!isExact && macs !== null && notFollowed.length === 0 && !mayFail && tree.graph?.recordedBy === '') entries.push(['range', objectOf([['params', rangeValue(params)], ['macs', rangeValue(macs)]])]);
  }
  if (notFollowed.length > 0) entries.push(['not_followed', [...notFollowed]]);
  if (error !== null) entries.push(['error', errorValue(error.stage, error.type, error.message)]);
  if (otherError !== null) entries.push(['may_fail', errorValue(otherError.stage, otherError.type, otherError.message)]);
  const { graph } = tree;
  if (graph !== null) entries.push(['input', shapeValue(graph.dummy)]);
  return objectOf(entries);
}

function shapesValue(tensors: ReadonlyMap<string, readonly number[]>): ConfigObject {
  return objectOf([...tensors].map(([name, shape]) => [name, shape.map(intOf)] as const));
}

/** Shapes of the input that the model was exported with, for which alone the numbers hold. */
function shapeValue(shape: CallShape): ConfigValue {
  if (shape === null || typeof shape === 'string') return shape;
  if (Array.isArray(shape)) return (shape as readonly number[]).map(intOf);
  if ('t' in shape) return shape.t.map(shapeValue);
  return objectOf('d' in shape ? Object.entries(shape.d).map(([name, item]) => [name, shapeValue(item)] as const) : []);
}

function numberOrNull(value: number | null): ConfigValue {
  return value === null ? null : intOf(value);
}

function rangeValue(range: Range | null): ConfigValue {
  return range === null ? null : range.map((value) => intOf(Math.round(value)));
}
