import { formatCount } from '../../core/text/format-count.ts';
import { mostFiles, type DroppedFiles } from '../shared/files/files-of.ts';

/** How many names of unreadable files are listed. */
const mostNamed = 5;

/** Names the files of a drop or of a folder that were not read; empty when all were. */
export function wordLeftOut({ unread, cutAt }: Pick<DroppedFiles, 'unread' | 'cutAt'>): string {
  const named = unread.slice(0, mostNamed).join(', ');
  const more = unread.length - mostNamed;
  const sentences = [
    ...(unread.length === 0 ? [] : [`The browser could not read ${named}${more > 0 ? ` and ${formatCount(more)} more` : ''}. Check that ${unread.length === 1 ? 'it still exists' : 'they still exist'} and that you may read ${unread.length === 1 ? 'it' : 'them'}.`]),
    ...(cutAt === null ? [] : [`${cutAt} and everything after it was left out: at most ${formatCount(mostFiles)} files are opened at once.`]),
  ];
  return sentences.join(' ');
}
