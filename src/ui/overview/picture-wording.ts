import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleLabel, moduleName, moduleType, pathTo } from '../../core/module-tree/tree-index.ts';
import { visibleName } from '../../core/module-tree/visible-name.ts';
import type { Overview } from '../../core/overview/overview.ts';
import type { PictureNode } from '../../core/overview/picture.ts';
import type { NumberedSubConfig } from '../shared/use-resolved-sub-configs.ts';
import { formatLarge, formatQuantity } from '../shared/format.ts';
import { describeShare, formatShare } from './overview-wording.ts';

/** Width of a letter of the small monospace, in pixels. */
const letterWidth = 6.7;

/** A name that is cut to fewer letters says nothing. */
const fewestLetters = 6;

/** The name of a part below one whose name is written around it, cut to a width in pixels. */
export function partName(tree: ModuleTree, node: PictureNode, around: PictureNode | undefined, width: number): string {
  const name = node.module === 0 ? '(root)' : visibleName(nameBelow(tree, node.module, around?.module ?? 0));
  const letters = Math.floor((width - 8) / letterWidth);
  if (name.length <= letters) return name;
  return letters < fewestLetters ? '' : `${name.slice(0, letters - 1)}…`;
}

function nameBelow(tree: ModuleTree, module: number, above: number): string {
  const path = pathTo(tree, module);
  const below = path.slice(path.indexOf(above) + 1);
  return (below.length === 0 ? [module] : below).map((row) => moduleLabel(tree, row)).join('.');
}

/** A part in a sentence: name, type, size, and the effect of the list on it. */
export function describeCell(
  overview: Overview,
  tree: ModuleTree,
  node: PictureNode,
  subConfigs: readonly (NumberedSubConfig | null)[],
): string {
  const { module, end, elements, bands } = node;
  const name = module === 0 ? '(root)' : visibleName(moduleName(tree, module));
  const type = moduleType(tree, module);
  const within = end - module > 1 ? `, ${formatQuantity(end - module, 'module')}` : '';
  const parameters = `${formatLarge(elements)} parameters, ${formatShare(elements, overview.total.elements)} of the model`;
  const size = overview.pictureBy === 'parameters'
    ? parameters
    : `${formatLarge(node.size)} multiply-adds, ${formatShare(node.size, overview.multiplyAdds ?? 0)} of the model; ${formatLarge(elements)} parameters`;
  const done = bands.map((band) => {
    const part = band.elements === elements ? '' : ` for ${formatShare(band.elements, elements)} of it`;
    return `sub-config ${subConfigs[band.subConfig]?.number ?? '?'}${part}: ${describeShare(overview, band)}`;
  });
  const what = `${name}${type === null ? '' : ` (${type})`}${within}: ${size}`;
  return `${what}; ${done.length === 0 ? 'not covered' : done.join(', ')}`;
}
