import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { moduleSpec } from '../../module-tree/tree-index.ts';
import { baseOf, folderOf, modelNameOf } from '../bytes/file-path.ts';
import { weigh, type ReadFile } from './folder-file.ts';
import type { ModelConfig } from './model-config.ts';

/** The configuration that lies with the weights, or else the first. */
export function configOf(files: readonly ReadFile[]): ModelConfig | null {
  const configs = files.filter((file) => file.type === 'config');
  const folder = folderOf(files.find((file) => weigh(file) !== null)?.name ?? '');
  return (configs.find(({ name }) => folderOf(name) === folder) ?? configs[0])?.config ?? null;
}

/** The model's name in a folder: from its config, the folder's own name, or its first file. */
export function modelOfFolder(files: readonly ReadFile[], config: ModelConfig | null): string {
  if (config?.model) return modelNameOf(config.model);
  const content = files.find((file) => weigh(file) !== null) ?? files[0];
  const folder = folderOf(content?.name ?? '');
  // A cache of downloads calls its folders by check sums.
  const download = /(?:^|[/\\])models--(?:[^/\\]*--)?([^/\\]+)[/\\]snapshots(?:[/\\]|$)/.exec(folder)?.[1];
  if (download !== undefined) return download;
  if (folder !== '') return baseOf(folder);
  return config?.architecture ?? modelNameOf(content?.name ?? 'model').replace(/-\d{5}-of-\d{5}$/, '');
}

/** The root's type from `config.json`, where the files of weights do not have it. */
export function withArchitecture(tree: ModuleTree, architecture: string | null): ModuleTree {
  const root = moduleSpec(tree, 0);
  if (architecture === null || root.type !== null) return tree;
  const types = tree.types.includes(architecture) ? tree.types : [...tree.types, architecture];
  const typeId = tree.typeId.slice();
  typeId[0] = types.indexOf(architecture);
  const specId = tree.specId.slice();
  specId[0] = tree.specs.length;
  return { ...tree, types, typeId, specs: [...tree.specs, { ...root, type: architecture }], specId };
}
