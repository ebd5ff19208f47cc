import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Mode } from '../core/config/mode.ts';
import type { ImportError } from '../core/plan/import-list.ts';
import type { RewriteFileError } from '../core/plan/rewrite-file.ts';

/** The file that the plan on show came from, and is saved to. */
export interface LinkedFile {
  readonly name: string;
  /** A config list belongs to one mode; a plan to all. */
  readonly mode: Mode | null;
  /** `download`: this browser cannot write to the file; a new copy is downloaded. */
  readonly writes: 'file' | 'download';
  /** The opening of the plan (`PlansState.opening`) that the file belongs to. */
  readonly opening: number;
}

/** Why the content of a file cannot be taken. */
export type FileFault =
  | { readonly type: 'import'; readonly error: ImportError }
  /** Values that a script does not decide; `suggestion` is one for the first. */
  | { readonly type: 'undecided'; readonly keys: readonly string[]; readonly suggestion: string }
  /** The browser or the server reported this. */
  | { readonly type: 'not-read'; readonly reason: string };

/** Why a file was not written. */
export type WriteFault =
  /** The text in the JSON editor of a mode has an error. */
  | { readonly type: 'broken-text'; readonly mode: Mode }
  | { readonly type: 'form'; readonly error: RewriteFileError }
  /** The browser or the server reported this. */
  | { readonly type: 'failed'; readonly reason: string };

/** A problem between the page and the file, as data; worded in `ui/header/word-file-problem.ts`. */
export type FileProblem =
  /** The file was changed, and so was the list here: the user chooses. */
  | { readonly type: 'both-changed' }
  /** After a reload the browser asks the user before the page may read and write the file. */
  | { readonly type: 'not-allowed' }
  /** The current content of the file cannot be read. */
  | { readonly type: 'unreadable'; readonly name: string; readonly fault: FileFault }
  | { readonly type: 'not-written'; readonly fault: WriteFault }
  /** The code that saves to files could not be fetched when this file was opened. */
  | { readonly type: 'not-linked'; readonly name: string }
  /** The program that serves the files does not answer. */
  | { readonly type: 'gone' };

export interface FileLinkState {
  readonly file: LinkedFile | null;
  /** The list differs from the list in the file. */
  readonly isEdited: boolean;
  readonly isSaving: boolean;
  readonly problem: FileProblem | null;
}

export type FileLinkStore = StoreApi<FileLinkState>;

export const noFileLink: FileLinkState = { file: null, isEdited: false, isSaving: false, problem: null };

/** A store without a file. */
export function createFileLinkStore(): FileLinkStore {
  return createStore<FileLinkState>()(() => noFileLink);
}

/** A file that the user has opened in the page. */
export interface OpenedFile {
  readonly name: string;
  readonly text: string;
  /** Where the browser can write to it. */
  readonly handle: FileSystemFileHandle | null;
}

/** How a list was read from a script. */
export interface ListReading {
  readonly mode: Mode;
  readonly choice: number | null;
  readonly given: ReadonlyMap<string, string>;
}

export interface FileActions {
  /** From here on the list of the mode is saved to this file. */
  readonly linkFile: (file: OpenedFile, reading: ListReading) => Promise<void>;
  /** From here on the plan on show, which was read from this file, is saved to it. */
  readonly linkPlan: (file: OpenedFile) => Promise<void>;
  /** Writes the list into its file; without one nothing happens. */
  readonly saveFile: () => Promise<void>;
  /** Settles `both-changed`. */
  readonly settleFile: (how: 'keep-mine' | 'take-theirs' | 'compare') => Promise<void>;
  /** Settles `not-allowed`: asks for the permission, and looks at the file. */
  readonly allowFile: () => Promise<void>;
  readonly dismissFileProblem: () => void;
}
