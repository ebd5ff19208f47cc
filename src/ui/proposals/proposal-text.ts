import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { visibleName } from '../../core/module-tree/visible-name.ts';
import type { ModuleSample, Proposal, SelectorChange } from '../../core/proposals/proposal.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { formatQuantity } from '../shared/format.ts';

/** Strings shown of one selector. */
const shownStrings = 4;

/** One selector of a proposal as it is shown. */
export interface ChangeText {
  readonly key: string;
  readonly strings: readonly string[];
  /** The part that is not shown, or is removed: `and 12 more`, `removes 3 that are there`. */
  readonly rest: string;
}

export function textOfChange({ key, added, removed }: SelectorChange): ChangeText {
  const hidden = added.length - shownStrings;
  const parts = [
    ...(hidden > 0 ? [`and ${formatCount(hidden)} more`] : []),
    ...(removed > 0 ? [`removes ${formatCount(removed)} that ${removed === 1 ? 'is' : 'are'} there`] : []),
  ];
  const strings = added.slice(0, shownStrings).map((text) => (text === '' ? '(root)' : visibleName(text)));
  return { key, strings, rest: parts.join(', ') };
}

/** `hits exactly these 8`, `12 more`. */
export function textOfFit({ fit, extra }: Proposal): string {
  return fit === 'exact' ? 'exact' : `+${formatCount(extra.count)}`;
}

/** The first names of a sample: `layer4.0.conv1, layer4.1.conv1 and 6 more`. */
export function textOfSample(tree: ModuleTree, { count, first }: ModuleSample, most: number): string {
  const names = first.slice(0, most).map((module) => visibleName(moduleName(tree, module)) || '(root)');
  const rest = count - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}`;
}

/** The name of the undo step when a proposal is taken. */
export function labelOfEdit(type: 'add' | 'exclude', modules: number, number: number): string {
  const what = formatQuantity(modules, 'module');
  return type === 'add' ? `Add ${what} to #${number}` : `Exclude ${what} from #${number}`;
}
