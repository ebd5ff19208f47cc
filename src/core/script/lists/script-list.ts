import type { SyntaxNode } from '../../config/python-source.ts';
import { modeOfClass, type Mode } from '../../config/mode.ts';
import { isConfigObject, type ConfigObject, type ConfigValue, type KeyPath } from '../../config/value.ts';
import { placeInText } from '../../text/line-and-column.ts';
import { PyDict, PyList, type PyValue } from '../values/values.ts';
import type { Candidate, CompressorCall } from './candidates.ts';
import { toConfig, type Converted, type Hole, type Misfit } from './to-config.ts';

/** A call of a pruner, quantizer or distiller, as data. */
export interface ScriptCall {
  readonly className: string;
  readonly line: number;
  /** Arguments in order. `value` is `undefined` where it is no literal, as of the model. */
  readonly given: readonly { readonly name: string | null; readonly source: string; readonly value: ConfigValue | undefined }[];
  readonly inner: ScriptCall | null;
}

/** A config list that a script makes. */
export interface ScriptList {
  /** The name that it is set to; empty for a list without a name. */
  readonly name: string;
  /** Line on which it is written, 1-based. */
  readonly line: number;
  /** The expression that makes it, or the call that it is handed to; offsets in UTF-16 units. */
  readonly source: { readonly from: number; readonly to: number };
  /** For each sub-config the dict that it comes from; `null` where a call made it. */
  readonly sources: readonly ({ readonly from: number; readonly to: number } | null)[];
  readonly list: readonly ConfigObject[];
  /** Where tuples stood, from the list inwards; they are lists now. */
  readonly tuples: readonly KeyPath[];
  /** The values that the user must fill in before the list is known. Empty when the list is known. */
  readonly holes: readonly Hole[];
  readonly misfits: readonly Misfit[];
  /** Classes that were read as their names. */
  readonly classes: readonly string[];
  /** For each sub-config the line on which its dict is written; `null` where a call made it. */
  readonly lines: readonly (number | null)[];
  /** The expressions that decide whether the code around the list runs. */
  readonly conditions: readonly string[];
  /** The script gives the name to another list later on. */
  readonly isReplaced?: true;
  readonly call: ScriptCall | null;
  /** The mode of the class in `call`. */
  readonly mode: Mode | null;
}

/**
 * The lists that a script makes, as data, in the order of its source. The candidates are frozen. A list whose items all occur
 * in another one is a part of that one and left out.
 * @param source The text of the script.
 */
export function describeLists(found: readonly Candidate[], source: string): readonly ScriptList[] {
  const kept = withoutParts(found);
  return kept.map((candidate) => {
    const list = describe(candidate, source);
    return kept.some((later) => replacesName(later, candidate)) ? { ...list, isReplaced: true as const } : list;
  });
}

/** Whether a later statement of the same block gives the name to another list, before any call has taken the first. */
function replacesName(later: Candidate, { name, node, call }: Candidate): boolean {
  return later.node.from > node.from && name !== '' && later.name === name && call === null && later.conditions.length === 0 && definitionAround(later) === definitionAround({ node });
}

/** Where the function or class begins in which a value is written; -1 for the script itself. */
function definitionAround({ node }: Pick<Candidate, 'node'>): number {
  let around: SyntaxNode | null = node.parent;
  while (around !== null && around.name !== 'FunctionDefinition' && around.name !== 'ClassDefinition') around = around.parent;
  return around?.from ?? -1;
}

/** Lists whose items all occur in another list too are parts of that one. */
function withoutParts(found: readonly Candidate[]): readonly Candidate[] {
  const items = found.map(({ converted }) => new Set(converted!.items));
  // A list that the script replaces by a choice of its own items: the choice is meant (`config_list = [c for c in config_list if …]`).
  const replaces = (later: number, earlier: number): boolean =>
    later > earlier && found[later]!.name !== '' && found[later]!.name === found[earlier]!.name && found[later]!.conditions.length === 0
    && found[later]!.value instanceof PyList && items[later]!.size > 0 && [...items[later]!].every((item) => items[earlier]!.has(item));
  const kept = found.filter((candidate, at) => {
    if (candidate.call || items[at]!.size === 0) return true;
    if (found.some((_, later) => replaces(later, at))) return false;
    const isDict = candidate.value instanceof PyDict;
    return !items.some((others, other) => {
      if (other === at || replaces(at, other) || (isDict && found[other]!.value instanceof PyDict)) return false;
      return (isDict || others.size > items[at]!.size) && [...items[at]!].every((item) => others.has(item));
    });
  });
  const seen = new Set<string>();
  return kept
    .filter((candidate) => {
      const key = `${candidate.node.from} ${candidate.call?.className ?? ''} ${JSON.stringify(candidate.converted!.value)}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => a.node.from - b.node.from);
}

function describe({ name, node, converted, conditions, call }: Candidate, source: string): ScriptList {
  const { value, holes, misfits, tuples, classes, nodes } = converted!;
  return {
    // Words before a list, as of a text around it, are no part of its name.
    name: /[\p{L}_][\p{L}\p{N}_.]*\s*$/u.exec(name)?.[0].trim() ?? '',
    line: placeInText(source, node.from).line,
    source: { from: node.from, to: node.to },
    sources: nodes.map((item) => item && { from: item.from, to: item.to }),
    list: Array.isArray(value) ? value.filter(isConfigObject) : [],
    tuples,
    holes,
    misfits,
    classes,
    lines: nodes.map((item) => item && placeInText(source, item.from).line),
    conditions: [...new Set(conditions.map(({ key }) => key))],
    call: call && describeCall(call, source),
    mode: call && modeOfClass(call.className),
  };
}

function describeCall({ className, node, given, inner }: CompressorCall, source: string): ScriptCall {
  return {
    className,
    line: placeInText(source, node.from).line,
    given: given.map(({ name, value, source: written }) => ({ name, source: written, value: literalOf(value) })),
    inner: inner && describeCall(inner, source),
  };
}

/** A value as a literal, or `undefined` for the model, functions and undecided values. */
function literalOf(value: PyValue): ConfigValue | undefined {
  const { value: converted, holes, misfits }: Converted = toConfig(value);
  const isOne = !Array.isArray(converted) || holes.length + misfits.length > 0;
  if (isOne) return undefined;
  return typeof value === 'object' && value !== null && 'items' in value ? converted : (converted as readonly ConfigValue[])[0];
}
