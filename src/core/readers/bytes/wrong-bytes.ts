import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { nameAt } from '../../module-tree/packed-names.ts';
import { listFirst } from '../../module-tree/tree-note.ts';
import { succeed, type Result } from '../../result.ts';
import type { ReadError } from '../messages/read-error.ts';
import { decodeLoosely } from './text-encoding.ts';

const replacement = '\ufffd';
/** Text with more wrong characters than one in ten has another encoding, or is no text. */
const largestShare = 0.1;
/** Control characters that text files do not hold. They do hold tabs, line ends, page breaks, backspaces and colours. */
const controlCharacter = /[\u0000-\u0007\u000e-\u001a\u001c-\u001f\u007f]/;
const mostPlaces = 6;

/**
 * Reads a text in which some bytes are no UTF-8, as logs of several programs have (rule T1). The reading holds only where
 * none of them is in a name or type, which would be wrong. `failure` is the answer in all other cases.
 */
export function readWithWrongBytes(
  bytes: Uint8Array,
  failure: Result<never, ReadError>,
  read: (text: string) => Result<ModuleTree, ReadError>,
): Result<ModuleTree, ReadError> {
  const text = decodeLoosely(bytes);
  const places = linesOf(text);
  const count = text.split(replacement).length - 1;
  if (count === 0 || count > text.length * largestShare || controlCharacter.test(text)) return failure;
  const tree = read(text);
  if (!tree.ok || isNamedWrongly(tree.value)) return failure;
  const note = { type: 'wrong-characters', characters: count, lines: listFirst(places, mostPlaces) } as const;
  return succeed({ ...tree.value, notes: [...tree.value.notes, note] });
}

/** Numbers of the lines that hold wrong bytes. */
function linesOf(text: string): readonly number[] {
  return text.split('\n').flatMap((line, at) => (line.includes(replacement) ? [at + 1] : []));
}

function isNamedWrongly({ size, names, types, specs }: ModuleTree): boolean {
  const isWrong = (name: string): boolean => name.includes(replacement);
  if (types.some(isWrong)) return true;
  if (specs.some(({ parameters, buffers }) => [...(parameters ?? []), ...(buffers ?? [])].some(({ name }) => isWrong(name)))) return true;
  for (let row = 0; row < size; row++) if (isWrong(nameAt(names, row))) return true;
  return false;
}
