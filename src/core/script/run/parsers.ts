import { NeedsUnknown, NotSupported } from '../values/exceptions.ts';
import { reprOf } from '../values/text-of.ts';
import { decided, PyBuiltin, PyClass, PyInstance, PyList, PyReference } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';
import type { Run } from './run.ts';

/** Notes a call of an argument parser; `source` is the function as written. Returns what `parse_args([])` gives, else `undefined`. */
export function noteParser(run: Run, path: string, source: string, given: Arguments): PyValue | undefined {
  const { parsers } = run;
  if (path === 'argparse.ArgumentParser') parsers.count++;
  if (source.endsWith('.add_argument')) noteArgument(run, given);
  if (source.endsWith('.add_subparsers') || source.endsWith('.add_parser')) parsers.isWhole = false;
  if (/pars\w*\.set_defaults$/i.test(source)) for (const [name, value] of given.named) parsers.values.set(name, value);
  const [line] = given.positional;
  const isEmpty = line instanceof PyList && line.items.length === 0 && line.unsure.length === 0;
  if (!source.endsWith('.parse_args') || !(isEmpty || isEmptyNamed(given)) || parsers.count !== 1 || !parsers.isWhole) return undefined;
  const made = new PyClass('Namespace', new Map(), []);
  made.kind = 'namespace';
  made.call = run.call;
  const space = new PyInstance(made);
  for (const [name, value] of parsers.values) space.attributes.set(name, value);
  return space;
}

function isEmptyNamed({ positional, named }: Arguments): boolean {
  const line = named.get('args');
  return positional.length === 0 && line instanceof PyList && line.items.length === 0 && line.unsure.length === 0;
}

/** Values of actions without a default. */
const actionDefaults: Readonly<Record<string, boolean>> = { store_true: false, store_false: true };

/** `parser.add_argument('--sparsity', default=0.5)`: its default is offered where `args.sparsity` is asked for. */
function noteArgument(run: Run, { positional, named }: Arguments): void {
  const long = positional.find((value) => typeof value === 'string' && value.startsWith('--')) ?? positional[0];
  const given = named.get('dest') ?? long;
  const action = named.get('action');
  const value = named.get('default') ?? (typeof action === 'string' && Object.hasOwn(actionDefaults, action) ? actionDefaults[action] : undefined);
  if (typeof given !== 'string') {
    run.parsers.isWhole = false;
    return;
  }
  const name = given.replace(/^-+/, '').replaceAll('-', '_');
  const isAsked = named.get('required') === true || (!given.startsWith('-') && named.get('dest') === undefined && named.get('nargs') !== '?');
  if (isAsked || action === 'help' || action === 'version') run.parsers.isWhole = run.parsers.isWhole && !isAsked;
  else if (!run.parsers.values.has(name) || value !== undefined) noteValue(run, name, value ?? null, named.get('type'));
  if (value === undefined) return;
  try {
    run.parserDefaults.set(name, reprOf(value));
  } catch (error) {
    if (!(error instanceof NeedsUnknown || error instanceof NotSupported)) throw error;
  }
}

/** A default that is a text goes through `type`, as one of the command line does. */
function noteValue({ parsers, call }: Run, name: string, value: PyValue, type: PyValue | undefined): void {
  if (type === undefined || type === null || typeof value !== 'string') {
    parsers.values.set(name, value);
    return;
  }
  const isKnown = type instanceof PyBuiltin && /^(?:str|int|float)$/.test(type.name);
  if (isKnown) parsers.values.set(name, call(type, { positional: [decided(value)], named: new Map() }));
  else parsers.isWhole = parsers.isWhole && type instanceof PyReference && type.path === 'str';
}
