// `node:fs/promises` would be loaded at the start of every command; this is loaded when it is used.
import { createReadStream, promises } from 'node:fs';
import { join } from 'node:path';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import type { FileSource } from '../core/readers/bytes/byte-source.ts';
import { defaultReadLimits, readCeilings, type ReadError } from '../core/readers/messages/read-error.ts';
import { UnusableInput } from './command-line.ts';
import { printable } from './printable.ts';
import { readExportedTree } from './read-exported-tree.ts';

/** Why a file cannot be read, to follow a colon: in plain words where the system says only a code. */
export function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'you are not allowed to read it';
  if (code === 'EISDIR') return 'it is a folder';
  return error instanceof Error ? error.message : String(error);
}

/** How inputs are read. */
export interface InputOptions {
  /** Read files of any size that can be held (`--no-limits`). */
  readonly noLimits: boolean;
  /** Report how each line of a model's text was used, and what its reader notes (`--report`). */
  readonly report: boolean;
  /** Open a text although many of its lines were not understood (`--accept-unread`). */
  readonly acceptUnread: boolean;
  /** Shows a message about input that is left out. */
  readonly complain: (line: string) => void;
}

/** The option that the command line names where the page shows a button. */
export const anyway = 'Use --no-limits to open it anyway';

/** Reads a model from a file of any format, or a folder of files of one; large files are read in parts. */
export async function loadTree(path: string, { noLimits, report, acceptUnread, complain }: InputOptions): Promise<ModuleTree> {
  const limits = { ...(noLimits ? readCeilings : defaultReadLimits), maxUnreadLines: acceptUnread ? readCeilings.maxUnreadLines : defaultReadLimits.maxUnreadLines };
  const exported = report ? null : readExportedTree(path, limits);
  if (exported !== null) return exported;
  try {
    const { files, leftOut } = await filesOf(path);
    if (leftOut.length > 0) complain(`espalier: Left out of the model ${printable(path)}: ${listed(leftOut)}.`);
    if (files.length === 0) throw new UnusableInput(`The model ${path} is a folder without files that can be read.`);
    const sources = await Promise.all(files.map((file) => sourceOf(file, limits.maxBytes)));
    const { readTreeFromFiles } = await import('../core/readers/read-tree-files.ts');
    const tree = await readTreeFromFiles(sources, { limits });
    if (tree.ok) {
      if (report) for (const line of await reportLines(tree.value.tree)) complain(printable(`${path}: ${line}`));
      return tree.value.tree;
    }
    throw await unusable(tree.error);
  } catch (error) {
    if (error instanceof UnusableInput) throw error;
    throw new UnusableInput(`The model ${path} cannot be opened: ${reason(error)}.`);
  }
}

/** Lines about the parts of a model's text that were read or skipped, and what else the page notes above the tree. */
async function reportLines({ notes }: ModuleTree): Promise<readonly string[]> {
  if (notes.length === 0) return ['everything in the file was understood.'];
  const { describeNote } = await import('../core/readers/messages/note-wording.ts');
  const { countReading, describeReading } = await import('../core/readers/messages/reading-wording.ts');
  return notes.flatMap((note) => (note.type === 'reading' ? [countReading(note.report), ...describeReading(note.report)] : [describeNote(note)]));
}

async function unusable(error: ReadError): Promise<UnusableInput> {
  const { describeReadError } = await import('../core/readers/messages/read-error-wording.ts');
  const { title, place, remedy } = describeReadError(error, anyway);
  if (error.code === 'lines-not-understood') {
    return new UnusableInput(title, [...place.split('\n'), remedy, 'Use --accept-unread to open it as it is.'].filter((part) => part !== ''));
  }
  return new UnusableInput([title, place, remedy].filter((part) => part !== '').join(' '));
}

/** Far more than any model has; a home directory that was given by mistake ends here. */
const mostFiles = 5000;

/** So many entries that are left out are named. */
const mostNamed = 10;

function listed(leftOut: readonly string[]): string {
  const named = leftOut.slice(0, mostNamed).map(printable).join(', ');
  const more = leftOut.length - mostNamed;
  return more > 0 ? `${named} and ${more} more` : named;
}

/** The files of a model, by name, and the entries of its folder that are none, each with why. */
interface FilesOfModel {
  readonly files: readonly string[];
  readonly leftOut: readonly string[];
}

/**
 * The file itself, or the files in and below a folder. Hidden entries are left out without a word, but for `.metadata`;
 * links to files count as files, links to folders do not: they can lead in circles.
 */
export async function filesOf(path: string): Promise<FilesOfModel> {
  if (isStdin(path) || !(await promises.stat(path)).isDirectory()) return { files: [path], leftOut: [] };
  const files: string[] = [];
  const leftOut: string[] = [];
  const waiting = [path];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const entries = await promises.readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (folder === path) throw error;
      leftOut.push(`${folder} (${reason(error)})`);
      return [];
    });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') && entry.name !== '.metadata') continue;
      const name = join(folder, entry.name);
      const kind = entry.isDirectory() ? 'folder' : await kindOf(name);
      if (kind === 'folder') waiting.push(name);
      else if (kind !== 'file') leftOut.push(`${name} (${kind})`);
      else if (files.length < mostFiles) files.push(name);
      else {
        leftOut.push(`${name} and all files after it (a model has at most ${mostFiles})`);
        return { files: files.toSorted(), leftOut };
      }
    }
  }
  return { files: files.toSorted(), leftOut };
}

/** `file`, or why the entry of a folder is not one. */
async function kindOf(name: string): Promise<string> {
  const found = await promises.stat(name).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    return found.code === 'ENOENT' ? 'a link to a file that does not exist' : reason(found);
  }
  if (found.isDirectory()) return 'a link to a folder';
  return found.isFile() ? 'file' : 'a pipe, socket or device';
}

/** Other names of standard input. */
function isStdin(path: string): boolean {
  return path === '/dev/stdin' || path === '/dev/fd/0' || path === '/proc/self/fd/0';
}

/** Whether a model is read from standard input, so that no list can come from there. */
export function takesStdin(path: string | null): boolean {
  return path !== null && isStdin(path);
}

/**
 * A file that is open only while a part of it is read: a folder may hold more than may be open at once. A pipe has no
 * size and is read once: all of it is held.
 */
export async function sourceOf(name: string, maxBytes: number): Promise<FileSource> {
  const found = await promises.stat(name);
  if (!found.isFile()) {
    const bytes = await readPipe(name, maxBytes);
    return { name, size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
  }
  return {
    name,
    size: found.size,
    read: async (offset, length) => {
      const handle = await promises.open(name, 'r');
      try {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await handle.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
  };
}

/** All that comes out of a pipe, a terminal or a device; standard input by its stream, as a socket cannot be opened. */
export async function readPipe(name: string, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = isStdin(name) ? process.stdin : createReadStream(name);
  for await (const piece of stream as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > maxBytes) throw await unusable({ code: 'too-large', values: { file: name, limit: maxBytes, bytes: size } });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
