import { isInRange, isOfKind, type KeyRule, subConfigRule, type ValueRule } from './config-schema.ts';
import type { Fault, FaultCode, FaultFact } from './fault.ts';
import type { Mode } from './mode.ts';
import { pythonRepr, pythonTupleRepr, pythonTypeName } from './python-repr.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import { type ConfigValue, isConfigList, isConfigObject, type KeyPath } from './value.ts';
import { describeRule, ruleRepr } from './describe-rule.ts';

/** A fault on its way out through the dicts around it, which add lines to the message. */
type OpenFault<Code extends FaultCode = FaultCode> = Extract<FaultFact, { readonly code: Code }> & {
  readonly path: KeyPath;
  readonly type: string;
  readonly lines: readonly string[];
};

/**
 * How many keys of an at-most-one group were met. NNI shares one counter between a sub-config and its
 * `target_settings`, which is why a pair over the two levels is refused (rule V3).
 */
interface Exclusive {
  readonly paths: KeyPath[];
  /** Copy of `paths` at the moment when the checker, which stops at the first fault, would have left `target_settings`. */
  left: readonly KeyPath[] | null;
}

/**
 * Checks one sub-config by rules V1–V5 and returns all faults, the one that NNI raises first. Never throws,
 * for any JSON.
 */
export function validateSubConfig(subConfig: ConfigValue, mode: Mode): readonly Fault[] {
  const faults = checkValue(subConfigRule(mode), subConfig, [], { paths: [], left: null });
  return faults.map((fault) => {
    const { type, lines, ...fact } = fault;
    return { ...fact, rule: ruleOf(fault, mode), error: { type, message: [...new Set(lines)].join('\n') } };
  });
}

/** At most this many bad items of one list, and unknown keys of one dict, are reported. */
const mostOfAKind = 100;

const settingRules: Readonly<Record<Mode, string>> = { pruning: 'V3', quantization: 'V4', distillation: 'V5' };

function ruleOf(fault: OpenFault, mode: Mode): string {
  if (fault.code === 'not-a-dict' || fault.code === 'missing-selector') return 'V1';
  if (fault.code === 'unknown-key') return 'V2';
  const [first] = fault.path;
  if (typeof first !== 'string') return 'V1';
  if (first === 'target_settings') return fault.path.length <= 2 ? 'V2' : settingRules[mode];
  return /^(?:exclude_)?op_|^target_names$/.test(first) ? 'V1' : settingRules[mode];
}

function checkValue(
  rule: ValueRule,
  value: ConfigValue,
  path: KeyPath,
  exclusive: Exclusive,
): readonly OpenFault[] {
  switch (rule.type) {
    case 'exactly':
      if (value === rule.value) return [];
      return [wrongValue(rule, value, path, `${ruleRepr(rule)} does not match ${pythonRepr(value)}`)];
    case 'kind':
      return isOfKind(value, rule.kind) ? [] : [wrongKind(rule, value, path, rule.kind)];
    case 'range':
      return checkRange(rule, value, path);
    case 'list':
      return checkList(rule, value, path, exclusive);
    case 'any-of':
      return checkAnyOf(rule, value, path, exclusive, pythonRepr);
    case 'dict':
      if (!isConfigObject(value)) {
        const fault = wrongKind(rule, value, path, 'dict');
        return [path.length === 0 ? { ...fault, code: 'not-a-dict' } : fault];
      }
      return rule.keys.type === 'listed'
        ? checkDict(rule.keys.keys, value, path, exclusive)
        : checkAnyKeys(rule.keys.value, value, path, exclusive);
  }
}

function wrongValue(
  rule: ValueRule,
  value: ConfigValue,
  path: KeyPath,
  line: string,
  type = 'SchemaError',
): OpenFault<'wrong-value'> {
  const key = path.findLast((step) => typeof step === 'string') ?? '';
  const written = pythonRepr(value);
  const shown = written.length > 80 ? `${written.slice(0, 79)}…` : written;
  const values = { key, expected: describeRule(rule), value: shown };
  return { code: 'wrong-value', path, type, lines: [line], values };
}

function wrongKind(rule: ValueRule, value: ConfigValue, path: KeyPath, kind: string, written?: string): OpenFault<'wrong-value'> {
  const line = `${written ?? pythonRepr(value)} should be instance of '${kind}'`;
  return wrongValue(rule, value, path, line, 'SchemaUnexpectedTypeError');
}

function checkRange(rule: ValueRule & { type: 'range' }, value: ConfigValue, path: KeyPath): readonly OpenFault[] {
  const inside = isInRange(value, rule.range);
  if (inside === true) return [];
  const written = pythonRepr(value);
  if (inside === false) return [wrongValue(rule, value, path, `<lambda>(${written}) should evaluate to True`)];
  const operator = rule.range === 'above-0-to-1' ? '<' : '<=';
  const reason = `'${operator}' not supported between instances of 'int' and '${pythonTypeName(value)}'`;
  return [wrongValue(rule, value, path, `<lambda>(${written}) raised TypeError("${reason}")`)];
}

function checkList(
  rule: ValueRule & { type: 'list' },
  value: ConfigValue,
  path: KeyPath,
  exclusive: Exclusive,
): readonly OpenFault[] {
  const kind = rule.container === 'list' ? 'list' : 'tuple';
  if (!isConfigList(value) || rule.container === 'tuple') return [wrongKind(rule, value, path, kind)];
  const item: ValueRule & { type: 'any-of' } = { type: 'any-of', options: [rule.item] };
  const isTuple = rule.item.type === 'list' && rule.item.container === 'list-as-tuple';
  const write = (entry: ConfigValue): string =>
    isTuple && isConfigList(entry) ? pythonTupleRepr(entry) : pythonRepr(entry);
  const isText = rule.item.type === 'kind' && rule.item.kind === 'str';
  const faults: OpenFault[] = [];
  for (const [index, entry] of value.entries()) {
    // Lists of names may hold tens of thousands.
    if (isText && typeof entry === 'string') continue;
    for (const fault of checkAnyOf(item, entry, [...path, index], exclusive, write)) faults.push(fault);
    if (faults.length >= mostOfAKind) break;
  }
  return faults;
}

function checkAnyOf(
  rule: ValueRule & { type: 'any-of' },
  value: ConfigValue,
  path: KeyPath,
  exclusive: Exclusive,
  write: (value: ConfigValue) => string,
): readonly OpenFault[] {
  const found: string[] = [];
  let inner: readonly OpenFault[] = [];
  for (const option of rule.options) {
    inner = checkValue(option, value, path, exclusive);
    if (inner.length === 0) return [];
    for (const line of inner[0]!.lines) found.push(line);
  }
  const lines = [`${ruleRepr(rule)} did not validate ${write(value)}`, ...found];
  // With a single option, its own error says more than "none of one".
  const only = rule.options.length === 1 ? inner[0] : undefined;
  const fault = wrongValue(rule, value, path, '');
  return [only?.code === 'wrong-value' ? { ...only, type: fault.type, lines } : { ...fault, lines }];
}

function checkAnyKeys(
  rule: ValueRule,
  value: ConfigValue,
  path: KeyPath,
  exclusive: Exclusive,
): readonly OpenFault[] {
  if (!isConfigObject(value)) return [];
  // The checker counts "any text" as a key that must be there, so an empty dict is refused.
  if (value.entries.length === 0) return [emptyDict(path)];
  let left: readonly KeyPath[] | null = null;
  const faults = dictsLast(value.entries).flatMap(([key, item]) => {
    const inner = checkValue(rule, item, [...path, key], exclusive);
    if (inner.length > 0) left ??= [...exclusive.paths];
    return inner.map((fault) => nest(fault, key));
  });
  exclusive.left = left;
  return faults;
}

function emptyDict(path: KeyPath): OpenFault {
  return {
    code: 'empty-dict',
    path,
    type: 'SchemaMissingKeyError',
    lines: ["Missing key: <class 'str'>"],
    values: { key: String(path.at(-1) ?? '') },
  };
}

function nest(fault: OpenFault, key: string): OpenFault {
  return { ...fault, type: 'SchemaError', lines: [`Key '${key}' error:`, ...fault.lines] };
}

/** The checker looks at values that are dicts after all others, and else keeps the order. */
function dictsLast<Entry extends readonly [string, ConfigValue]>(entries: readonly Entry[]): readonly Entry[] {
  return [
    ...entries.filter(([, value]) => !isConfigObject(value)),
    ...entries.filter(([, value]) => isConfigObject(value)),
  ];
}

function checkDict(
  keys: readonly KeyRule[],
  value: ConfigValue,
  path: KeyPath,
  exclusive: Exclusive,
): readonly OpenFault[] {
  if (!isConfigObject(value)) return [];
  const exclusiveRule = keys.find((key) => key.onlyOne);
  const known = new Set<string>();
  const faults: OpenFault[] = [];
  let pair: OpenFault | null = null;
  for (const [key, item] of dictsLast(value.entries)) {
    const keyRule = keys.find((candidate) => candidate.names.includes(key));
    if (keyRule === undefined) continue;
    known.add(key);
    if (keyRule.onlyOne) exclusive.paths.push([...path, key]);
    if (keyRule.onlyOne && exclusive.paths.length > 1) {
      pair ??= exclusiveKeys(keyRule, exclusive.paths);
      continue;
    }
    exclusive.left = null;
    const inner = checkValue(keyRule.value, item, [...path, key], exclusive).map((fault) => nest(fault, key));
    const met: readonly KeyPath[] = exclusive.left ?? exclusive.paths;
    // The pair is raised when the dict is left, in place of the fault of a value after it; a dict inside
    // that was left before has reset the counter.
    if (inner.length > 0 && faults.length === 0 && exclusiveRule !== undefined && met.length > 1) {
      pair ??= exclusiveKeys(exclusiveRule, met);
      faults.push(pair);
    }
    for (const fault of inner) faults.push(fault);
  }
  if (exclusiveRule !== undefined) {
    if (exclusive.paths.length > 1) pair ??= exclusiveKeys(exclusiveRule, exclusive.paths);
    exclusive.paths.length = 0;
  }
  if (pair !== null && !faults.includes(pair)) faults.push(pair);
  const isThere = (key: KeyRule): boolean => value.entries.some(([name]) => key.names.includes(name));
  const missing = keys.filter((key) => key.required && !isThere(key));
  const unknown = value.entries.map(([key]) => key).filter((key) => !known.has(key));
  return [...faults, ...missingKeys(missing, path), ...unknownKeys(unknown, value, path)];
}

function exclusiveKeys(rule: KeyRule, met: readonly KeyPath[]): OpenFault {
  const names = rule.names.map(pythonStringRepr).join(', ');
  const other = met[0]!;
  const path = met.at(-1)!;
  return {
    code: 'exclusive-keys',
    path,
    type: 'SchemaOnlyOneAllowedError',
    lines: [`There are multiple keys present from the Or(${names}) condition`],
    values: { key: String(path.at(-1)), other: other.join('.'), place: path.join('.') },
  };
}

function missingKeys(missing: readonly KeyRule[], path: KeyPath): readonly OpenFault[] {
  const written = missing.map((key) => {
    const names = key.names.map(pythonStringRepr).join(', ');
    return key.names.length > 1 ? `Or(${names})` : names;
  });
  const all = codeUnitSort(written).join(', ');
  const line = `Missing key${missing.length === 1 ? '' : 's'}: ${all}`;
  return missing.map((key) => ({
    code: key.names.length > 1 ? 'missing-selector' : 'missing-key',
    path: key.names.length > 1 ? path : [...path, key.names[0]!],
    type: 'SchemaMissingKeyError',
    lines: [line],
    values: { key: key.names.join(', '), expected: describeRule(key.value) },
  }));
}

function unknownKeys(unknown: readonly string[], value: ConfigValue, path: KeyPath): readonly OpenFault[] {
  if (unknown.length === 0) return [];
  const sorted = codeUnitSort(unknown.map(pythonStringRepr)).join(', ');
  const line = `Wrong key${unknown.length === 1 ? '' : 's'} ${sorted} in ${pythonRepr(value)}`;
  return unknown.slice(0, mostOfAKind).map((key) => ({
    code: 'unknown-key',
    path: [...path, key],
    type: 'SchemaWrongKeyError',
    lines: [line],
    values: { key },
  }));
}

function codeUnitSort(texts: readonly string[]): readonly string[] {
  return texts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
