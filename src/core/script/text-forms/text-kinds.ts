import { looksLikePointer, looksLikeWebPage } from '../../readers/kind-of-text.ts';

/** The kind of a text without a config list, and the next step. `null` where the beginning does not show the kind. */
export function wordTextKind(beginning: string): string | null {
  if (looksLikeWebPage(beginning)) {
    return 'It is a web page: the download may have led to a page for signing in. Download the file itself.';
  }
  if (looksLikePointer(beginning)) {
    return 'It is a Git LFS pointer in place of the file. Run git lfs pull and take the file again.';
  }
  if (beginning.startsWith('PK\u0003\u0004')) return 'It is a zip file. Unpack it and take the list that it holds.';
  if (beginning.includes('\u0000')) return 'It is not text. Save the list as JSON or as Python source.';
  return null;
}
