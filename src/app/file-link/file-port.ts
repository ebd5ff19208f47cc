/** The text of a file with the revision that a write must name. */
export interface FileText {
  readonly text: string;
  readonly revision: string;
}

export type WriteOutcome =
  | { readonly type: 'written'; readonly revision: string }
  /** The file no longer has the given revision; nothing was written. */
  | { readonly type: 'changed' }
  | { readonly type: 'failed'; readonly reason: string };

/** A file that can be read, written and followed. `read` rejects with a reason to show. */
export interface FilePort {
  readonly name: string;
  readonly writes: 'file' | 'download';
  readonly read: () => Promise<FileText>;
  readonly write: (text: string, revision: string) => Promise<WriteOutcome>;
  /** Whether the page may read the file now, without the user's permission. */
  readonly isReadable: () => Promise<boolean>;
  /** Asks the user for the permission to read and write. Browsers ask in a click or at a key only. */
  readonly askAccess: () => Promise<boolean>;
  /** Calls `changed` when the file may have changed. */
  readonly follow: (changed: () => void) => void;
}

/** Decodes a text of UTF-8 and keeps its byte order mark. Throws with a reason for anything else. */
export function decodeUtf8(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('It is not UTF-8 text. Save it again as UTF-8.');
  }
}

/** A text that can only be downloaded again. */
export function downloadedFile(name: string, text: string, download: (name: string, text: string) => void): FilePort {
  let held = text;
  return {
    name,
    writes: 'download',
    read: async () => ({ text: held, revision: '' }),
    async write(next) {
      download(name, next);
      held = next;
      return { type: 'written', revision: '' };
    },
    ...alwaysAllowed,
    follow: () => undefined,
  };
}

/** A file that needs no permission of the user. */
export const alwaysAllowed: Pick<FilePort, 'isReadable' | 'askAccess'> = { isReadable: async () => true, askAccess: async () => true };
