import { readFileSync, statSync } from 'node:fs';
import { readJsonValue } from '../core/config/json-reader.ts';
import type { Mode } from '../core/config/mode.ts';
import { commandLineListLimits, findExcess, wordExcess } from '../core/config/list-limits.ts';
import { isConfigList, type ConfigValue } from '../core/config/value.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { readPlan } from '../core/plan/plan-file.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { SettingTemplate } from '../core/config/setting-templates.ts';
import { isGzip } from '../core/readers/bytes/is-gzip.ts';
import { readCeilings, withFile } from '../core/readers/messages/read-error.ts';
import { decodeText } from '../core/readers/bytes/text-encoding.ts';
import { succeed } from '../core/result.ts';
import type { ScriptList } from '../core/script/read-script.ts';
import { UnusableInput } from './command-line.ts';
import type { ListPlaces } from './list-places.ts';
import { printable } from './printable.ts';
import { anyway, readPipe, reason } from './inputs.ts';

/** Bytes of a list or a plan with its trees: the text becomes some twenty times as much in memory. */
const mostTextBytes = 100_000_000;

async function loadText(path: string, what: string, noLimits: boolean): Promise<string> {
  const limit = noLimits ? readCeilings.maxBytes : mostTextBytes;
  let bytes: Uint8Array;
  try {
    // At once, not by a promise: Node would start its threads for that first.
    const { size } = statSync(path);
    if (size > limit) throw tooMuchText(path, what, limit);
    bytes = size > 0 ? readFileSync(path) : await readPipe(path, limit);
  } catch (error) {
    if (error instanceof UnusableInput) throw error;
    throw new UnusableInput(`The ${what} ${path} cannot be read: ${reason(error)}.`);
  }
  const inflated = isGzip(bytes) ? (await import('../core/readers/bytes/gzip.ts')).inflateGzip(bytes, limit) : succeed<Uint8Array>(bytes);
  const text = inflated.ok ? decodeText(inflated.value) : inflated;
  if (text.ok) return text.value;
  const { code } = text.error;
  if (code === 'too-large') throw tooMuchText(path, what, limit);
  const { describeReadError } = await import('../core/readers/messages/read-error-wording.ts');
  const { title, place, remedy } = describeReadError(withFile(text.error, path), anyway);
  // The other remedies are about models.
  const way = code === 'not-utf8' ? 'Save it again as UTF-8.' : remedy;
  throw new UnusableInput([`The ${what} cannot be read: ${title}`, place, way].filter((part) => part !== '').join(' '));
}

function tooMuchText(path: string, what: string, limit: number): UnusableInput {
  const way = limit < readCeilings.maxBytes ? 'Use --no-limits to read it anyway' : 'Split it';
  return new UnusableInput(`The ${what} ${path} is larger than ${Math.round(limit / 1e6)} MB when read. ${way}.`);
}

/** Where a list comes from, for messages: a file, or a line of standard input. */
interface ListPlace {
  readonly place: string;
  readonly isLine?: boolean;
  readonly noLimits: boolean;
}

/** Parses a list, and refuses one past the limits. */
export function parseList(text: string, { place, isLine = false, noLimits }: ListPlace): ConfigValue {
  const read = readJsonValue(text);
  if (read.ok) return withinLimits(read.value, place, noLimits);
  const { line, column, message, remedy } = read.error;
  throw new UnusableInput(`${place}${isLine ? '' : `, line ${line}`}, column ${column}: ${message} ${remedy}`);
}

/** The list itself; one that would take minutes or more memory than there is needs `--no-limits` (rule E4). */
export function withinLimits(list: ConfigValue, place: string, noLimits: boolean): ConfigValue {
  const excess = noLimits ? null : findExcess(list, commandLineListLimits);
  if (!excess) return list;
  const { title, remedy } = wordExcess(excess);
  throw new UnusableInput(`${place}: ${title} ${remedy} Use --no-limits to run it anyway; this can take minutes.`);
}

/** The options for reading a list from a script. */
export interface ListGiven {
  readonly mode: Mode | null;
  readonly tree: ModuleTree | null;
  /** Python literals for the values that the script leaves open, by the expression. */
  readonly set: ReadonlyMap<string, string>;
  /** `set` is for several lists: one that leaves no such value open is no fault. */
  readonly setIsShared?: boolean;
  readonly noLimits: boolean;
  /** Reports the assumptions that were made when a script was read. */
  readonly complain: (line: string) => void;
}

/** A list, and where it is written; `null` for JSON. */
interface ParsedList {
  readonly list: ConfigValue;
  readonly places: ListPlaces | null;
}

/** Parses the list of a file: JSON, YAML, or Python source with one list for the mode; `place` names the file for messages. */
async function parseListFile(text: string, place: string, { mode, tree, set, setIsShared = false, noLimits, complain }: ListGiven): Promise<ParsedList> {
  const json = set.size === 0 || setIsShared ? readJsonValue(text) : null;
  if (json?.ok === true && isConfigList(json.value)) return { list: withinLimits(json.value, place, noLimits), places: null };
  // The code that reads scripts and YAML takes as long to load as the check of a small list.
  const [{ readListText }, { lineAt }, { wordTextKind }] = await Promise.all([
    import('../core/script/read-list-text.ts'),
    import('../core/script/run/run.ts'),
    import('../core/script/text-forms/text-kinds.ts'),
  ]);
  const read = readListText(text, { tree, given: set });
  if (!read.ok) {
    const { error } = read;
    if (error.type === 'bad-value') throw new UnusableInput(`--set ${error.key}=${error.value}: ${error.value} is not a Python literal.`);
    if (error.type === 'too-large') throw new UnusableInput(`${place}, line ${error.line}: the script takes more work than is done here. Give the list that it makes.`);
    if (error.type === 'no-list' && text.trim() !== '') {
      throw new UnusableInput(`${place} holds no config list. ${wordTextKind(error.beginning) ?? `It begins: ${error.beginning}`}`);
    }
    return { list: parseList(text, { place, noLimits }), places: null };
  }
  if (read.value.type === 'value') {
    if (set.size > 0 && !setIsShared) throw new UnusableInput(`--set is for Python source, and ${place} is ${read.value.format.toUpperCase()}.`);
    return { list: withinLimits(read.value.value, place, noLimits), places: read.value.yaml ?? null };
  }
  const { lists, unmet, source, assumed } = read.value.script;
  for (const sentence of assumed) complain(printable(`${place}: ${sentence}`));
  if (unmet.length > 0 && !setIsShared) throw new UnusableInput(`--set ${unmet[0]}: ${place} leaves no such value open.`);
  const chosen = chosenList(lists, mode, place);
  const broken = chosen.holes.find(({ root }) => root.reason === 'syntax');
  if (broken) throw new UnusableInput(`${place}, line ${lineAt(source, broken.root.from)}: Python would stop here. A bracket, a comma or a quote is missing, or one is too many.`);
  const endless = chosen.holes.find(({ root }) => root.reason === 'too-large');
  if (endless) throw new UnusableInput(`${place}, line ${lineAt(source, endless.root.from)}: the script takes more work than is done here. Give the list that it makes.`);
  const [hole] = chosen.holes;
  if (hole) {
    const open = chosen.holes.map(({ root }) => `${root.key} (line ${lineAt(source, root.from)})`);
    const { key, suggestion } = hole.root;
    throw new UnusableInput(`${place} does not decide ${open.join(', ')}. Give a Python literal: --set '${key}=${suggestion ?? '0.5'}'.`);
  }
  const [misfit] = chosen.misfits;
  if (misfit?.kind === 'item') throw new UnusableInput(`${place}, line ${chosen.line}: an item of the list is of type ${misfit.found}. Each sub-config is a dict.`);
  if (misfit) throw new UnusableInput(`${place}, line ${chosen.line}: the list holds a value of type ${misfit.found}.`);
  return { list: withinLimits(chosen.list, place, noLimits), places: { source, parts: chosen.sources } };
}

/** The list that is meant: of several, the one whose class is of the mode. */
function chosenList(lists: readonly ScriptList[], mode: Mode | null, place: string): ScriptList {
  const sure = lists.filter((list) => list.mode !== null && list.mode === mode);
  const open = lists.filter((list) => list.mode === null);
  const likely = sure.length > 0 ? sure : open.length > 0 ? open : lists;
  // Two classes may take one list.
  const meant = likely.filter(({ source }, at) => likely.findIndex((other) => other.source.from === source.from) === at);
  if (meant.length === 1) return meant[0]!;
  const names = meant.map(({ name, line }) => `${name === '' ? 'a list' : name} (line ${line})`);
  throw new UnusableInput(`${place} holds several config lists: ${names.join(', ')}. Leave the one that is meant.`);
}

/** The input of `check`: a list, or the plan that holds it. */
export type Checked =
  | ({ readonly type: 'list'; readonly text: string } & ParsedList)
  | { readonly type: 'plan'; readonly plan: Plan };

/**
 * Reads a config list or a plan file, known by its content. A text that is neither JSON nor Python source is unusable;
 * anything else is for NNI to judge.
 */
export async function loadListOrPlan(path: string, given: ListGiven): Promise<Checked> {
  return parseListOrPlan(await loadText(path, 'config list', given.noLimits), path, given);
}

async function parseListOrPlan(text: string, path: string, given: ListGiven): Promise<Checked> {
  const plan = readPlan(text);
  if (plan.ok) return { type: 'plan', plan: plan.value };
  switch (plan.error.type) {
    case 'not-json':
    case 'not-a-plan':
      return { type: 'list', ...(await parseListFile(text, path, given)), text };
    case 'newer-version':
      throw new UnusableInput(`The plan ${path} has version ${plan.error.version}, which is newer than this espalier. Update it.`);
    case 'malformed':
      throw new UnusableInput(`The plan ${path} is damaged at ${plan.error.place}: ${plan.error.expected} is expected there.`);
  }
}

/** Reads a file once, as it may be a pipe: its lines where each of several holds one JSON value, else its list or plan. */
export async function loadRequests(
  path: string,
  { noLimits, complain }: Pick<ListGiven, 'noLimits' | 'complain'>,
): Promise<Checked | { readonly type: 'lines'; readonly lines: readonly string[] }> {
  const text = await loadText(path, 'config list', noLimits);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 1 && lines.every((line) => readJsonValue(line).ok)) return { type: 'lines', lines };
  return parseListOrPlan(text, path, { mode: 'pruning', tree: null, set: new Map(), noLimits, complain });
}

/** Setting templates of a plan. */
export async function loadTemplates(path: string, noLimits: boolean): Promise<readonly SettingTemplate[]> {
  const plan = readPlan(await loadText(path, 'plan', noLimits));
  if (plan.ok) return plan.value.templates;
  throw new UnusableInput(`${path} is not a plan that can be read (${plan.error.type}). Save it again from the page.`);
}
