import { formatCount } from '../../core/text/format-count.ts';
import { mostFiles, type DroppedFiles } from '../shared/files/files-of.ts';

/** How many names of unreadable files are listed. */
const mostNamed = 5;

/** Names the files of a drop or of a folder that were not read; empty when all were. */
export function wordLeftOut({ unread, cutAt }: Pick<DroppedFiles, 'unread' | 'cutAt'>): string {
  const sentences = [
    ...(unread.length === 0 ? [] : [`The browser could not read ${firstOf(unread)}. Check that ${unread.length === 1 ? 'it still exists' : 'they still exist'} and that you may read ${unread.length === 1 ? 'it' : 'them'}.`]),
    ...(cutAt === null ? [] : [`${cutAt} and everything after it was left out: at most ${formatCount(mostFiles)} files are opened at once.`]),
  ];
  return sentences.join(' ');
}

/** Names the config lists that came together with a model and were not imported: several, or one whose model was not opened. */
export function wordListsLeft(names: readonly string[]): string {
  if (names.length === 1) return `The config list ${firstOf(names)} was not imported, as the model next to it was not opened. Drop it on an open model.`;
  return `${formatCount(names.length)} config lists were not imported, as a plan takes one at a time: ${firstOf(names)}. Drop the one that you want on the model.`;
}

function firstOf(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}
