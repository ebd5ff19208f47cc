import { modeOfClass } from '../../config/mode.ts';
import type { SyntaxNode } from '../../config/python-source.ts';
import { toConfigList, type Converted } from './to-config.ts';
import { PyDict, PyInstance, PyList, PyTuple, PyUnknown } from '../values/values.ts';
import type { Root } from '../values/roots.ts';
import type { PyValue } from '../values/values.ts';

/** A call of a pruner, quantizer or distiller. */
export interface CompressorCall {
  /** The class as the script calls it, without its module: `L1NormPruner`. */
  readonly className: string;
  readonly node: SyntaxNode;
  /** Arguments in order; a name for keyword arguments. */
  readonly given: readonly { readonly name: string | null; readonly value: PyValue; readonly source: string }[];
  /** The call whose result this one is given: the bound pruner of `AGPPruner`, the compressor that `from_compressor` continues. */
  readonly inner: CompressorCall | null;
}

/** A value that may be a config list. */
export interface Candidate {
  readonly name: string;
  /** Where the value is written. */
  readonly node: SyntaxNode;
  readonly value: PyValue;
  /** The values that decide whether the code around it runs. */
  readonly conditions: readonly Root[];
  call: CompressorCall | null;
  /** Its content where it is used, or at the end. */
  converted: Converted | null;
}

/** Keys that select modules, including the keys of NNI 2.x. */
const selectors = ['op_names', 'op_names_re', 'op_types', 'op_partial_names'];

/** Collects the values of a script that look like a config list. */
export class Candidates {
  readonly found: Candidate[] = [];
  /** Results of calls of NNI's classes. */
  private readonly results = new Map<PyInstance, CompressorCall>();
  /** Lists that are appended to and that nothing in the source begins, by their names. */
  readonly begunOutside = new Map<string, PyList>();
  private readonly conditions: (readonly Root[])[] = [];
  private readonly starts: number[] = [];

  /** A value got a name. */
  assigned(name: string, value: PyValue, node: SyntaxNode): void {
    const isNamedSo = isListName(name);
    if (looksLikeList(value, isNamedSo)) this.add(name, value, node);
    else if (isNamedSo && value instanceof PyUnknown) this.add(name, value, node);
  }

  /** A value is a statement by itself, is returned, or is printed. */
  alone(value: PyValue, node: SyntaxNode): void {
    if (looksLikeList(value, false) && !this.isKnown(value)) this.add('', value, node);
  }

  /** A value is handed to code outside the script. */
  handed(name: string, value: PyValue, node: SyntaxNode): void {
    if (looksLikeList(value, false) && !this.isKnown(value)) this.add(name, value, node);
  }

  /** A dict is appended to a list that begins outside of the source: a loop that was copied without the line before it. */
  appended(name: string, value: PyValue, node: SyntaxNode): void {
    if (!(value instanceof PyDict && hasSelector(value))) {
      this.handed('', value, node);
      return;
    }
    let list = this.begunOutside.get(name);
    if (list === undefined) {
      list = new PyList([]);
      this.begunOutside.set(name, list);
      this.add(name, list, node);
    }
    list.items.push(value);
  }

  /** A class of NNI is called; returns the value that represents the result. */
  called(call: CompressorCall, result: PyInstance): void {
    this.results.set(result, call);
    let taken = false;
    for (const [at, { name, value, source }] of call.given.entries()) {
      if (!(value instanceof PyList || value instanceof PyDict || value instanceof PyTuple || value instanceof PyUnknown)) continue;
      const isMeant = name === null ? looksLikeList(value, false) || (at === 1 && takesSecond(call)) : isListName(name);
      if (!isMeant || taken) continue;
      taken = true;
      const known = this.found.findLast((candidate) => candidate.value === value);
      if (value instanceof PyUnknown && !known) this.nameless(call, value);
      else if (known && known.call === null) this.take(known, call);
      else this.take(this.add(known?.name ?? name ?? source, value, known?.node ?? call.node), call);
    }
    // `AGPPruner(pruner, …)` has no list of its own: it runs the list of the pruner that it is given.
    if (!taken && call.inner) for (const candidate of this.found) if (candidate.call === call.inner) candidate.call = call;
  }

  /** The call that gave a value. */
  callOf(value: PyValue): CompressorCall | null {
    return value instanceof PyInstance ? (this.results.get(value) ?? null) : null;
  }

  /** Code begins, and `roots` decide whether it runs. */
  enter(roots: readonly Root[]): void {
    this.conditions.push(roots);
    this.starts.push(this.found.length);
  }

  /** It ends: the lists that it made are as they are now. */
  leave(): void {
    this.conditions.pop();
    this.freeze(this.starts.pop() ?? 0);
  }

  /** Records the current content of every list from `start` on. */
  freeze(start = 0): void {
    for (const candidate of this.found.slice(start)) candidate.converted ??= toConfigList(candidate.value);
  }

  /**
   * The work was used up inside of a statement: lists that it makes, or names, are not decided. Of lists that a call has taken
   * the content at that time is known.
   */
  stopped(start: number, root: Root, statement: string): void {
    for (const [at, { name, value, converted }] of this.found.entries()) {
      const isMeant = at >= start || (name !== '' && new RegExp(String.raw`(?<!\w)${name.replaceAll('.', String.raw`\.`)}(?!\w)`).test(statement));
      if (converted !== null || !isMeant || !(value instanceof PyList || value instanceof PyDict)) continue;
      value.unsure = [...value.unsure, root];
      if (value instanceof PyList) value.items.length = 0;
    }
  }

  private isKnown(value: PyValue): boolean {
    return this.found.some((candidate) => candidate.value === value);
  }

  private add(name: string, value: PyValue, node: SyntaxNode): Candidate {
    const candidate: Candidate = { name, node, value, conditions: this.conditions.flat(), call: null, converted: null };
    const same = this.found.findIndex((known) => known.value === value && known.call === null && known.converted === null);
    // A second name for the same list: the first one stays.
    if (same >= 0) return this.found[same]!;
    this.found.push(candidate);
    return candidate;
  }

  private take(candidate: Candidate, call: CompressorCall): void {
    candidate.call = call;
    candidate.converted = toConfigList(candidate.value);
  }

  /** The list of a call is not decided: it means the lists of that name that no call takes. */
  private nameless(call: CompressorCall, value: PyUnknown): void {
    const source = call.given.find((given) => given.value === value)?.source ?? '';
    const meant = this.found.filter((candidate) => candidate.name === source && candidate.call === null);
    for (const candidate of meant) candidate.call = call;
    if (meant.length === 0) this.take(this.add(source, value, call.node), call);
  }
}

/** Whether people name a config list so; of `kwargs['config_list']` the last part counts. */
function isListName(name: string): boolean {
  return /config_?list/i.test(/[\w]*(?=\W*$)/.exec(name)?.[0] ?? '');
}

/** Whether the second argument of a call is the config list, though it does not look like one; schedules take a pruner and numbers. */
function takesSecond({ className, given, inner }: CompressorCall): boolean {
  const isElsewhere = given.some(({ name, value }) => (name === null ? looksLikeList(value, false) : isListName(name)));
  return !isElsewhere && inner === null && modeOfClass(className) !== null && !/^(?:AGP|Linear|AMC)_?Pruner$/.test(className);
}

/** Whether a value looks like a config list or a sub-config by itself. */
export function isConfigLike(value: PyValue): boolean {
  return looksLikeList(value, false);
}

function looksLikeList(value: PyValue, isNamedSo: boolean): boolean {
  if (value instanceof PyDict) return hasSelector(value);
  if (!(value instanceof PyList || value instanceof PyTuple)) return false;
  if (value.items.some((item) => item instanceof PyDict && hasSelector(item))) return true;
  return isNamedSo && value.items.every((item) => item instanceof PyDict || item instanceof PyUnknown);
}

function hasSelector({ entries }: PyDict): boolean {
  return selectors.some((key) => entries.has(`s${key}`));
}
