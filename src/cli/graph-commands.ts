import { exportedList } from '../core/plan/export-list.ts';
import { isConfigList, objectOf, type ConfigValue } from '../core/config/value.ts';
import { recordedDoubts } from '../core/graph/recorded-doubts.ts';
import { wordRecording } from '../core/graph/word-recording.ts';
import type { RaisedError } from '../core/python/raised-error.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import type { PythonVersion } from '../core/python-re/python-version.ts';
import { describeNote } from '../core/readers/messages/note-wording.ts';
import { setDependencyGroups, type DependencyForm } from '../core/resolve/dependency-list.ts';
import { loadNamesOfList } from '../core/resolve/load-names-of-list.ts';
import type { Resolver } from '../core/resolve/resolver.ts';
import { answerLines, jsonLine, wholeOrLines, type Streams } from './answer-lines.ts';
import { UnusableInput } from './command-line.ts';
import { loadRequests, parseList, withinLimits } from './list-inputs.ts';

/** Answers one request; `place` names it for messages. */
type Answer = (request: ConfigValue, place: string) => Promise<ConfigValue>;

/** Where requests come from: a file, or standard input (`file` null). */
interface RequestsFrom {
  readonly file: string | null;
  readonly noLimits: boolean;
}

/** Answers the requests of a file, or of standard input (`file` null): one over several lines, or one on each. */
export async function answerRequests({ file, noLimits }: RequestsFrom, streams: Streams, answer: Answer): Promise<number> {
  const one = async (request: ConfigValue, place: string): Promise<number> => {
    await streams.print(jsonLine(await answer(request, place)));
    return 0;
  };
  const each = async (lines: AsyncIterable<string>, source: string): Promise<number> =>
    answerLines({ ...streams, lines }, (line, number) => {
      const place = `Line ${number} of ${source}`;
      return answer(parseList(line, { place, isLine: true, noLimits }), place);
    });
  if (file === null) {
    const { lines, whole } = await wholeOrLines(streams.lines);
    return whole === null ? each(lines, 'standard input') : one(withinLimits(whole, 'Standard input', noLimits), 'Standard input');
  }
  const loaded = await loadRequests(file, { noLimits, complain: streams.complain });
  if (loaded.type === 'lines') return each(inOrder(loaded.lines), file);
  const list = loaded.type === 'plan' ? exportedList(loaded.plan.lists.pruning) : loaded.list;
  return one(withinLimits(list, file, noLimits), file);
}

async function* inOrder(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

interface GroupsSetting {
  readonly resolver: Resolver;
  readonly python: PythonVersion;
  readonly form: DependencyForm;
}

/** The answer of `groups` for one list. */
export async function answerGroups(list: ConfigValue, place: string, setting: GroupsSetting): Promise<ConfigValue> {
  const { resolver, python, form } = setting;
  if (!isConfigList(list)) throw new UnusableInput(`${place} is no list of sub-configs.`);
  await loadNamesFor(list);
  const found = setDependencyGroups(list, resolver, python, form);
  if (found === null) throw withoutGraph(resolver.tree);
  return objectOf([found.ok ? ['result', found.value] : ['error', errorValue(found.error)]]);
}

/** Loads the names of characters when a pattern of the list asks for one. */
export async function loadNamesFor(list: ConfigValue): Promise<void> {
  await loadNamesOfList(list);
}

/** Throws, with the way out, when the file of the model has no data flow; names the recorder of one that NNI's tracer did not record. */
export function demandGraph(tree: ModuleTree, complain: (text: string) => void): void {
  if (tree.graph === null) throw withoutGraph(tree);
  const { recordedBy } = tree.graph;
  if (recordedBy !== '') complain(wordRecording(recordedBy, recordedDoubts(tree)));
}

function withoutGraph(tree: ModuleTree): UnusableInput {
  const broken = tree.notes.find(({ type }) => type === 'graph-broken');
  if (broken !== undefined) return new UnusableInput(describeNote(broken));
  return new UnusableInput(`The file of ${tree.model} has no data flow. Export the model with an input: export_module_tree.py … --input 1,3,224,224.`);
}

function errorValue({ type, message }: RaisedError): ConfigValue {
  return objectOf([['type', type], ['message', message]]);
}
