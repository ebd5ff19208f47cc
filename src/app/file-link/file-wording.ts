import type { RewriteFileError } from '../../core/plan/rewrite-file.ts';

/** Why a list was not written into its file, and the way out. */
export function wordRewriteError(error: RewriteFileError, name: string): string {
  switch (error.type) {
    case 'made-in-steps':
      return `${name} makes ${error.name === '' ? 'its list' : error.name} (line ${error.line}) in steps, as in a loop, so the new list cannot be put in its place. Export the list instead.`;
    case 'read-only-form':
      return `Espalier reads this form of ${name}, but does not write it. Export the list as JSON or Python instead.`;
  }
}
