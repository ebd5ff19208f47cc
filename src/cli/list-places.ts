import { findNodeAtLocation, parseTree, type ParseError } from 'jsonc-parser';
import type { KeyPath } from '../core/config/value.ts';
import { placeInText, type TextPlace } from '../core/text/line-and-column.ts';

/** Where a script writes the sub-configs of its list. */
export interface ScriptPlaces {
  /** The text that offsets count. */
  readonly source: string;
  /** For each sub-config its dict, in UTF-16 units; `null` where a call made it. */
  readonly parts: readonly ({ readonly from: number; readonly to: number } | null)[];
}

/** Where a file of YAML writes its list. */
export interface YamlPlaces {
  /** The text that offsets count. */
  readonly source: string;
  /** The offset of the key or entry at a path. */
  readonly offsetOf: (path: KeyPath) => number | null;
}

/** Where a list is written, if it is not JSON. */
export type ListPlaces = ScriptPlaces | YamlPlaces;

/** Finds the place of a path of the list in its file; `null` where that is not known. */
export type PlaceFinder = (path: KeyPath) => TextPlace | null;

/** Places in a file of a list: JSON (comments may stand in it), YAML or Python. Those in a text that holds one of them are not known. */
export function createPlaceFinder(text: string | null, places: ListPlaces | null): PlaceFinder {
  if (text === null || (places && places.source !== text)) return () => null;
  if (places && 'parts' in places) return (path) => placeInScript(places, path);
  if (places) {
    return (path) => {
      const offset = places.offsetOf(path);
      return offset === null ? null : placeInText(text, offset);
    };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (root?.type !== 'array' || errors.length > 0) return () => null;
  return (path) => {
    for (let length = path.length; length >= 0; length--) {
      const node = findNodeAtLocation(root, path.slice(0, length));
      if (node) return placeInText(text, node.parent?.type === 'property' ? node.parent.offset : node.offset);
    }
    return null;
  };
}

/** The key, where the dict of the sub-config spells it out; else the dict. */
function placeInScript({ source, parts }: ScriptPlaces, [subConfig, ...keys]: KeyPath): TextPlace | null {
  const part = parts[Number(subConfig)];
  if (!part) return null;
  let at = part.from;
  for (const key of keys.filter((step) => typeof step === 'string')) {
    const found = new RegExp(String.raw`(["'])${key.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}\1\s*:`).exec(source.slice(at, part.to));
    if (!found) break;
    at += found.index;
  }
  return placeInText(source, at);
}
