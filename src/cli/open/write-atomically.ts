import { createHash } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A revision that a file has when it does not exist. */
export const noFile = 'none';

/** What a file holds, as a short text that differs when the content does. */
function revisionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** The bytes of a file with their revision; `null` where there is no file. Rejects where it cannot be read. */
export async function readRevision(path: string): Promise<{ readonly bytes: Uint8Array; readonly revision: string } | null> {
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
 * Replaces a file, if it still has the revision `expected` (`none`: it does not exist). The new content is written beside it and takes
 * its place in one step: whoever reads, also after a kill, finds the old or the new content whole. Two of these never write at once.
 */
export async function writeAtomically(path: string, content: Uint8Array, expected: string): Promise<Written> {
  // A link stays a link.
  const target = await realpath(path).catch(() => path);
  const beside = join(dirname(target), `.${basename(target)}.espalier`);
  const handle = await claim(beside);
  try {
    const found = await readRevision(target);
    if ((found?.revision ?? noFile) !== expected) return { type: 'changed' };
    if (found) await handle.chmod((await stat(target)).mode & 0o7777);
    await handle.writeFile(content);
    await handle.sync();
    // An editor that does not ask may have written meanwhile.
    const now = await readRevision(target);
    if ((now?.revision ?? noFile) !== expected) return { type: 'changed' };
    await rename(beside, target);
    return { type: 'written', revision: revisionOf(content) };
  } finally {
    await handle.close();
    // Gone when it has taken the place of the file.
    await rm(beside, { force: true });
  }
}

/** Creates the file that is written beside; while it exists, others wait. */
async function claim(beside: string) {
  for (;;) {
    try {
      return await open(beside, 'wx', 0o666);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const made = await stat(beside).catch(() => null);
      if (made && Date.now() - made.mtimeMs > abandonedAfter) await rm(beside, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
