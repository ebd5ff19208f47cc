import type { FileActions, OpenedFile } from '../../store/file-link-store.ts';
import { downloadText } from '../../ui/shared/files/download.ts';
import { readContent } from './file-content.ts';
import { downloadedFile } from './file-port.ts';
import { createFileFollower, type FollowOptions } from './follow-file.ts';
import { handleFile } from './handle-file.ts';
import { servedLink } from './served-page.ts';
import { startServed, type ServedParts } from './start-served.ts';

export interface FileLink {
  readonly actions: FileActions;
  /** Opens the files of the server at this address. */
  readonly startServed: (base: string) => Promise<void>;
}

/** The link between the page and files; one for the page. */
export function createFileLink(parts: ServedParts): FileLink {
  const follower = createFileFollower(parts);
  const { saveFile, settleFile, dismissFileProblem } = follower;

  async function link({ name, text, handle }: OpenedFile, options: FollowOptions): Promise<void> {
    // A list that is imported into the file of `espalier open` is saved to that file.
    if (servedLink() !== null && parts.store.getState().file !== null) return;
    const port = handle ? handleFile(handle) : downloadedFile(name, text, downloadText);
    // A file that cannot be read any more is not linked: the page then offers no Save to it.
    const found = await port.read().catch(() => null);
    const content = found && readContent(found.text, { ...options, tree: parts.derived.getState().student?.tree ?? null });
    if (!found || !content?.ok) return;
    // A browser leaves out the byte order mark when it reads a file as text; any other change is noticed at the next look.
    const isSame = found.text.replace(/^\uFEFF/, '') === text;
    follower.follow(port, isSame ? found : { ...found, revision: '' }, content.value, options);
  }

  return {
    startServed: (base) => startServed(base, parts, follower),
    actions: {
      saveFile,
      settleFile,
      dismissFileProblem,
      linkFile: link,
      linkPlan: (file) => link(file, { mode: null, choice: null, given: new Map() }),
    },
  };
}
