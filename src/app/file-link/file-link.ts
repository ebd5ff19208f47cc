import type { FileActions } from '../../store/file-link-store.ts';
import { downloadText } from '../../ui/shared/download.ts';
import { readContent } from './file-content.ts';
import { downloadedFile } from './file-port.ts';
import { createFileFollower } from './follow-file.ts';
import { handleFile } from './handle-file.ts';
import { startServed, type ServedParts } from './start-served.ts';

export interface FileLink {
  readonly actions: FileActions;
  /** Opens what the server at this address was given. */
  readonly startServed: (base: string) => Promise<void>;
}

/** The link between the page and files; one for the page. */
export function createFileLink(parts: ServedParts): FileLink {
  const follower = createFileFollower(parts);
  const { saveFile, settleFile, dismissFileProblem } = follower;
  return {
    startServed: (base) => startServed(base, parts, follower),
    actions: {
      saveFile,
      settleFile,
      dismissFileProblem,
      async linkFile({ name, text, handle }, { mode, choice, given }) {
        const port = handle ? handleFile(handle) : downloadedFile(name, text, downloadText);
        const options = { mode, choice, given };
        const tree = parts.derived.getState().student?.tree ?? null;
        const content = readContent(text, { ...options, tree });
        if (!content.ok) return;
        const revision = handle ? (await port.read()).revision : '';
        follower.follow(port, { text, revision }, content.value, options);
      },
    },
  };
}
