import { placeInText } from '../../text/line-and-column.ts';
import type { FindCharacter } from '../../config/python-strings.ts';
import type { SyntaxNode } from '../../config/python-source.ts';
import type { Call } from '../built-ins/container-methods.ts';
import type { ModelValues } from '../values/model-values.ts';
import { SetOrder } from '../values/sequences.ts';
import { joinRoots } from '../values/roots.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { PyDeque, PyDict, PyList, PySet, PyTuple, PyUnknown, PyView } from '../values/values.ts';
import type { Root, RootReason } from '../values/roots.ts';
import type { PyBuiltin, PyValue, Scope } from '../values/values.ts';

/** The most nodes that are worked out in one script, so that no script holds the page up. */
export const mostSteps = 2_000_000;

/** How deep calls may nest. */
export const deepestCalls = 60;

/** The work that a script may take is used up. */
export class TooMuchWork extends Error {}

/** What is known of the argument parsers of a script. */
interface Parsers {
  count: number;
  /** The values of an empty command line, by the attribute. */
  readonly values: Map<string, PyValue>;
  /** The values are all that `parse_args([])` gives. */
  isWhole: boolean;
}

/** The state that all parts of reading one script share. */
export interface Run {
  readonly source: string;
  readonly findCharacter: FindCharacter;
  readonly model: ModelValues | null;
  /** Values that a person filled in, by the expression that they replace. */
  readonly given: ReadonlyMap<string, PyValue>;
  /** Expressions that were filled in and met. */
  readonly met: Set<string>;
  readonly call: Call;
  /** A function of Python's library, by its path. */
  readonly imported: (path: string) => PyBuiltin | undefined;
  readonly evaluate: (node: SyntaxNode, scope: Scope) => PyValue;
  /** Calls a function or class; `node` is the call. */
  readonly callAt: (node: SyntaxNode, callee: PyValue, positional: readonly PyValue[], named: ReadonlyMap<string, PyValue>) => PyValue;
  /** Attributes that the source sets on objects that it does not create (`args.sparsity = 0.5`), by the expression. */
  readonly attributes: Map<string, PyValue>;
  readonly parsers: Parsers;
  /** How many values were not decided so far. */
  readonly unknowns: () => number;
  readonly countUnknown: () => void;
  /** How many `try` blocks are around the code that runs. */
  tries: number;
  /** Defaults that an argument parser of the source has, by the attribute (`sparsity`). */
  readonly parserDefaults: Map<string, string>;
  /** Counts steps: one, or as many as the work weighs. Throws `TooMuchWork`. */
  readonly step: (weight?: number) => void;
  /** Does some work, which may take at most so many of the steps that are left. */
  readonly allow: (most: number, work: () => void) => void;
}

/** Characters that are copied or compared in the time of one step; of a list it is one item. */
const charactersOfAStep = 64;

/** Steps that going through a value takes: a few statements can copy or search large values many times. */
export function weightOf(value: PyValue | undefined): number {
  if (typeof value === 'string') return Math.floor(value.length / charactersOfAStep);
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDeque) return value.items.length;
  if (value instanceof PyView) return value.dict.entries.size;
  return value instanceof PyDict || value instanceof PySet ? value.entries.size : 0;
}

/** The source text of a node. */
export function textAt({ source }: Run, node: { readonly from: number; readonly to: number }): string {
  return source.slice(node.from, node.to);
}

/** An expression on one line, as a person would name it. */
export function keyOf(source: string): string {
  return source.replaceAll(/\s+/g, ' ').trim();
}

const longestKey = 200;

/** The value that a person gave for an expression, else an unknown value whose root it is. */
export function unknownAt(run: Run, node: SyntaxNode, reason: RootReason): PyValue {
  run.countUnknown();
  const key = keyOf(textAt(run, node));
  const given = run.given.get(key);
  if (given !== undefined) {
    run.met.add(key);
    return given;
  }
  const attribute = /\.(\w+)$/.exec(key)?.[1];
  const suggestion = (attribute === undefined ? undefined : run.parserDefaults.get(attribute)) ?? null;
  const broken = reason === 'unsupported' ? firstError(node) : null;
  const root: Root = broken
    ? { key: key.slice(0, longestKey), from: broken.from, to: broken.to, reason: 'syntax', suggestion: null }
    : { key: key.slice(0, longestKey), from: node.from, to: node.to, reason, suggestion };
  return new PyUnknown([root], true);
}

/** Where Python would stop reading an expression. */
function firstError(node: SyntaxNode): { readonly from: number; readonly to: number } | null {
  let found: { readonly from: number; readonly to: number } | null = null;
  node.cursor().iterate(({ type, from, to }) => {
    if (type.isError) found ??= { from, to };
    return found === null;
  });
  return found;
}

/** Evaluates an expression. A value that Python does not decide here, or would refuse, becomes an unknown value. */
export function settle(run: Run, node: SyntaxNode, work: () => PyValue): PyValue {
  try {
    return work();
  } catch (error) {
    if (error instanceof NeedsUnknown) return new PyUnknown(joinRoots(error.roots), false);
    if (error instanceof NotSupported) return unknownAt(run, node, 'unsupported');
    if (error instanceof SetOrder) return unknownAt(run, node, 'set-order');
    throw error;
  }
}

/** The line of an offset, 1-based. */
export function lineAt(source: string, offset: number): number {
  return placeInText(source, offset).line;
}

/** Whether the script raised this, as Python would. */
export function isRaise(error: unknown): error is PyRaise {
  return error instanceof PyRaise;
}
