import type { FileActions, OpenedFile } from '../../store/file-link-store.ts';
import { downloadText } from '../../ui/shared/files/download.ts';
import { readContent } from './file-content.ts';
import { createFileMemory } from './file-memory.ts';
import { downloadedFile } from './file-port.ts';
import { createFileFollower, type FollowOptions } from './follow-file.ts';
import { handleFile } from './handle-file.ts';
import { servedLink } from './served-page.ts';
import { startServed, type ServedParts } from './start-served.ts';

export interface FileLink {
  readonly actions: FileActions;
  /** Opens the files of the server at this address. */
  readonly startServed: (base: string) => Promise<void>;
  /** Links the plan, which is on show, to the file that it was saved to in an earlier visit. Nothing happens where it has none. */
  readonly linkAgain: (planId: string) => Promise<void>;
}

/** The link between the page and files; one for the page. */
export function createFileLink(parts: ServedParts): FileLink {
  const memory = createFileMemory();
  const follower = createFileFollower(parts, memory);
  const { saveFile, settleFile, allowFile, dismissFileProblem } = follower;
  const treeNow = () => parts.derived.getState().student?.tree ?? null;

  async function link({ name, text, handle }: OpenedFile, options: FollowOptions): Promise<void> {
    // A list that is imported into the file of `espalier open` is saved to that file.
    if (servedLink() !== null && parts.store.getState().file !== null) return;
    const port = handle ? handleFile(handle) : downloadedFile(name, text, downloadText);
    // A file that cannot be read any more is not linked: the page then offers no Save to it.
    const found = await port.read().catch(() => null);
    const content = found && await readContent(parts.engine, found.text, { ...options, tree: treeNow() });
    if (!found || !content?.ok) return;
    // A browser leaves out the byte order mark when it reads a file as text; any other change is noticed at the next look.
    const isSame = found.text.replace(/^\uFEFF/, '') === text;
    follower.follow(port, isSame ? found : { ...found, revision: '' }, content.value, { ...options, handle });
  }

  async function linkAgain(planId: string): Promise<void> {
    const kept = await memory.find(planId);
    if (!kept || parts.plans.getState().openId !== planId || parts.store.getState().file !== null) return;
    const { name, text, handle, mode, choice } = kept;
    const port = handle ? handleFile(handle) : downloadedFile(name, text, downloadText);
    const options = { mode, choice, given: new Map(kept.given), handle };
    const content = await readContent(parts.engine, text, { ...options, tree: treeNow() });
    // Another plan may be on show by now.
    if (parts.plans.getState().openId !== planId || parts.store.getState().file !== null) return;
    if (content.ok) await follower.followAgain(port, kept, content.value, options);
  }

  return {
    linkAgain,
    startServed: (base) => startServed(base, parts, follower),
    actions: {
      saveFile,
      settleFile,
      allowFile,
      dismissFileProblem,
      linkFile: link,
      linkPlan: (file) => link(file, { mode: null, choice: null, given: new Map() }),
    },
  };
}
