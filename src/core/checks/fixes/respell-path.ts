import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { childRows, moduleLabel } from '../../module-tree/tree-index.ts';
import { nearestText } from '../../text/near-text.ts';

/** Modules that are looked at below one label: more is no path to follow. */
const mostRows = 512;

/**
 * A glob or pattern of labels with each misspelled label as the model has it (rule F13d): `encodr.layer.*.attention` is
 * `encoder.layer.*.attention`. A label that is no plain text stands for every child. `null` where a label is near to none, or nothing is misspelled.
 */
export function respellPath(text: string, form: 'glob' | 'pattern', tree: ModuleTree): string | null {
  const parts = text.replace(/^\^/, '').split(form === 'glob' ? /(\.)/ : /(\\\.|\.(?![*+?{]))/);
  let rows: readonly number[] = [0];
  let isChanged = false;
  const made: string[] = [];
  for (const [at, part] of parts.entries()) {
    if (at % 2 === 1) {
      made.push(part);
      continue;
    }
    const children = rows.flatMap((row) => childRows(tree, row));
    if (children.length === 0 || children.length > mostRows) return null;
    const meant = labelMeant(part, new Set(children.map((child) => moduleLabel(tree, child))));
    if (meant === null) return null;
    isChanged ||= meant !== part;
    made.push(meant);
    rows = /^\w+\$?$/.test(part) ? children.filter((child) => moduleLabel(tree, child) === meant.replace(/\$$/, '')) : children;
  }
  return isChanged ? made.join('') : null;
}

function labelMeant(part: string, labels: ReadonlySet<string>): string | null {
  const [, label, end = ''] = /^(\w+)(\$?)$/.exec(part) ?? [];
  if (label === undefined || labels.has(label)) return part;
  const near = nearestText(label, labels);
  return near === null ? null : `${near}${end}`;
}
