import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileSource } from '../../core/readers/bytes/byte-source.ts';
import { readCeilings } from '../../core/readers/messages/read-error.ts';
import { filesOf, sourceOf } from '../inputs.ts';

/** A model on this machine: its files, read in parts. */
export interface LinkedModel {
  /** As the user named it. */
  readonly name: string;
  readonly files: readonly FileSource[];
  /** Differs when a file was changed, added or removed. */
  readonly stamp: string;
}

/** Lists the files of a model; a folder with all that is below it. Rejects where there is none. */
export async function linkModel(path: string): Promise<LinkedModel> {
  const { files } = await filesOf(path);
  const sources = await Promise.all(files.map((file) => sourceOf(file, readCeilings.maxBytes)));
  const inFolder = files.length !== 1 || files[0] !== path;
  const named = sources.map((source) => ({ ...source, name: inFolder ? source.name : basename(source.name) }));
  return { name: basename(path), files: named, stamp: (await Promise.all(files.map(stampOf))).join('|') };
}

/** When and how a file was changed last; empty where there is none. */
async function stampOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found ? `${path} ${found.ino} ${found.size} ${found.mtimeMs}` : '';
}

/** Milliseconds between two looks at a file. */
const lookEvery = 200;
/** The pause between two looks is so many times as long as a look: a folder of thousands of files does not keep a processor busy. */
const pauseShare = 20;

/**
 * Calls `changed` when a file has changed and has rested since, also when another one took its place (as editors save). Looking at the
 * path again and again works on every file system, and where a watcher would go on watching the old file.
 */
export function followFile(path: string, changed: () => void, stampNow: () => Promise<string> = () => stampOf(path)): () => void {
  let known: string | null = null;
  let seen: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  async function look(): Promise<void> {
    const started = performance.now();
    const stamp = await stampNow().catch(() => '');
    if (isStopped) return;
    timer = setTimeout(look, Math.max(lookEvery, (performance.now() - started) * pauseShare));
    known ??= stamp;
    // Half of it may be written only: it counts when it is the same at two looks.
    if (stamp !== known && stamp === seen) {
      known = stamp;
      changed();
    }
    seen = stamp;
  }
  // The first look is the state of the file at the start.
  void look();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** Follows the files of a model; a pipe is read once. */
export function followModel(path: string, changed: () => void): () => void {
  const stampNow = async () => {
    const { files } = await filesOf(path);
    return (await Promise.all(files.map(stampOf))).join('|');
  };
  return followFile(path, changed, stampNow);
}
