import { createHash } from 'node:crypto';
import { access, constants, open, readFile, readlink, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** A revision that a file has when it does not exist. */
export const noFile = 'none';

/** A short text for a file's content; it differs when the content differs. */
function revisionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

export interface Revision {
  readonly bytes: Uint8Array;
  /** Differs when the content does. */
  readonly revision: string;
}

/** The bytes of a file with their revision; `null` where there is no file. Rejects where it cannot be read. */
export async function readRevision(path: string): Promise<Revision | null> {
  try {
    const bytes = await readFile(path);
    return { bytes, revision: revisionOf(bytes) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export type Written = { readonly type: 'written'; readonly revision: string } | { readonly type: 'changed' };

/** Milliseconds after which a half-written file of a program that was ended counts as left behind. */
const abandonedAfter = 5000;

/**
 * Replaces a file, if it still has the revision `expected` (`none`: it does not exist). The new content is written next to it and takes
 * its place in one step: a reader, also after a kill, finds the old or the new content whole. Two of these never write at once.
 * Rejects, with words for people, where the file or its folder cannot be written.
 */
export async function writeAtomically(path: string, content: Uint8Array, expected: string): Promise<Written> {
  // A link stays a link.
  const target = await targetOf(path);
  const beside = join(dirname(target), `.${basename(target)}.espalier`);
  // A file that is to be read only stays as it is, though its folder would let another take its place.
  if (await stat(target).catch(() => null)) await access(target, constants.W_OK).catch(refuse(`${path} is read-only. Allow yourself to write to it`));
  const handle = await claim(beside).catch(refuse(`The folder of ${path} is read-only, and the new text is written there first. Allow yourself to write to the folder`, `The folder of ${path} is gone. Make it again`));
  let isPlaced = false;
  try {
    if ((await revisionAt(target)) !== expected) return { type: 'changed' };
    const before = await stat(target).catch(() => null);
    if (before) {
      await handle.chmod(before.mode & 0o7777);
      // Only an administrator may give a file to its owner again.
      await handle.chown(before.uid, before.gid).catch(() => undefined);
    }
    await handle.writeFile(content);
    await handle.sync();
    // Another program may have written in the meantime.
    if ((await revisionAt(target)) !== expected) return { type: 'changed' };
    await rename(beside, target);
    isPlaced = true;
    return { type: 'written', revision: revisionOf(content) };
  } finally {
    await handle.close();
    // Once it has taken the place of the file, the name is free, and may be that of another program's text.
    if (!isPlaced) await rm(beside, { force: true });
  }
}

async function revisionAt(path: string): Promise<string> {
  return (await readRevision(path))?.revision ?? noFile;
}

/** The file that a path leads to; also where a link leads to a file that does not exist yet. */
async function targetOf(path: string): Promise<string> {
  const whole = await realpath(path).catch(() => null);
  if (whole !== null) return whole;
  const to = await readlink(path).catch(() => null);
  return to === null ? path : resolve(dirname(path), to);
}

/** Gives the next step instead of the system's message, where there is no permission, or no folder. */
function refuse(message: string, withoutFolder = message): (error: unknown) => never {
  return (error) => {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Error(withoutFolder);
    throw ['EACCES', 'EPERM', 'EROFS'].includes(code) ? new Error(message) : error;
  };
}

/** Creates the file with the new content; while it exists, others wait. */
async function claim(beside: string): Promise<FileHandle> {
  let seen = 0;
  let since = Date.now();
  for (;;) {
    try {
      return await open(beside, 'wx', 0o666);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const { mtimeMs } = (await stat(beside).catch(() => null)) ?? { mtimeMs: 0 };
      if (mtimeMs !== seen) [seen, since] = [mtimeMs, Date.now()];
      // The clock of a file server may be ahead: a file that has not changed in the meantime counts as old.
      const isAbandoned = mtimeMs > 0 && (Date.now() - mtimeMs > abandonedAfter || Date.now() - since > abandonedAfter);
      if (isAbandoned) await rm(beside, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
