import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { KeyPath } from '../core/config/value.ts';
import { placeInText, type TextPlace } from '../core/text/line-and-column.ts';

/** Finds where a path of the list stands in the text of its file; `null` where the file is no JSON list. */
export function createPlaceFinder(text: string | null): (path: KeyPath) => TextPlace | null {
  const root = text === null ? undefined : parseTree(text);
  if (text === null || root?.type !== 'array') return () => null;
  return (path) => {
    for (let length = path.length; length >= 0; length--) {
      const node = findNodeAtLocation(root, path.slice(0, length));
      if (node) return placeInText(text, node.parent?.type === 'property' ? node.parent.offset : node.offset);
    }
    return null;
  };
}
