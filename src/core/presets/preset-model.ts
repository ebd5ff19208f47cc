import type { ModuleTree } from '../module-tree/module-tree.ts';
import { proposeAlignments } from '../graph/alignment-proposals.ts';
import { proposeFusions } from '../graph/fusion-proposals.ts';
import {
  childRows,
  hasChildren,
  moduleLabel,
  moduleName,
  moduleSpec,
  moduleType,
} from '../module-tree/tree-index.ts';
import type { PresetRole } from './preset-table.ts';

/** Facts of a model that presets need; computed once. */
export interface PresetModel {
  readonly tree: ModuleTree;
  /** Rows of each type, in order. */
  readonly rowsOfType: ReadonlyMap<string, readonly number[]>;
  /** Python patterns that match the layers of a role, with the matched rows. */
  readonly rowsOfRole: (role: PresetRole) => readonly RoleHit[];
  /** Containers whose numbered children are the blocks of the model. */
  readonly blockContainers: readonly number[];
  /** The last Linear outside of all blocks, or -1. */
  readonly head: number;
  /** The first convolution, or -1. */
  readonly firstConvolution: number;
  /** A convolution and the BatchNorm whose channels are the convolution's, directly or a few modules later. */
  readonly normsOfConvolutions: readonly (readonly [convolution: number, norm: number])[];
  /** A convolution and the BatchNorm of as many channels that comes right after it. */
  readonly convolutionsWithNorms: readonly (readonly [convolution: number, norm: number])[];
}

export interface RoleHit {
  readonly pattern: string;
  readonly rows: readonly number[];
}

/** Layers of a block by their place and their name there. */
interface RoleNames {
  /** A pattern of the names of their parents, which Python and JavaScript read alike. */
  readonly parents: string;
  readonly labels: readonly string[];
}

/** How the libraries of the field name the layers of a block (transformers, torchvision, timm, and their kin). */
const roleNames: Readonly<Record<PresetRole, readonly RoleNames[]>> = {
  'attention-inputs': [
    { parents: '.*\\.attention\\.self', labels: ['query', 'key', 'value'] },
    { parents: '.*\\.attention\\.attention', labels: ['query', 'key', 'value'] },
    { parents: '.*\\.attention', labels: ['q_lin', 'k_lin', 'v_lin', 'qkv', 'query_key_value'] },
    {
      parents: '.*\\.self_attn',
      labels: ['q_proj', 'k_proj', 'v_proj', 'qkv_proj'],
    },
    {
      parents: '.*\\.self_attn',
      labels: ['q_a_proj', 'q_b_proj', 'kv_a_proj_with_mqa', 'kv_b_proj'],
    },
    { parents: '.*\\.encoder_attn', labels: ['q_proj', 'k_proj', 'v_proj'] },
    { parents: '.*\\.attn', labels: ['c_attn', 'qkv', 'q_proj', 'k_proj', 'v_proj'] },
    { parents: '.*\\.self_attention', labels: ['query_key_value'] },
    { parents: '.*\\.(SelfAttention|EncDecAttention)', labels: ['q', 'k', 'v'] },
  ],
  'attention-outputs': [
    { parents: '.*\\.attention\\.output', labels: ['dense'] },
    { parents: '.*\\.attention', labels: ['out_lin', 'dense'] },
    { parents: '.*\\.self_attn', labels: ['o_proj', 'out_proj', 'dense'] },
    { parents: '.*\\.encoder_attn', labels: ['out_proj'] },
    { parents: '.*\\.attn', labels: ['c_proj', 'proj', 'out_proj'] },
    { parents: '.*\\.self_attention', labels: ['dense'] },
    { parents: '.*\\.(SelfAttention|EncDecAttention)', labels: ['o'] },
  ],
  'feed-forward-inputs': [
    { parents: '.*\\.intermediate', labels: ['dense'] },
    {
      parents: '.*\\.mlp',
      labels: ['gate_proj', 'up_proj', 'gate_up_proj', 'c_fc', 'fc1', 'fc_in', 'dense_h_to_4h', '0'],
    },
    { parents: '.*\\.experts\\.\\d+', labels: ['gate_proj', 'up_proj', 'w1', 'w3'] },
    { parents: '.*\\.shared_experts', labels: ['gate_proj', 'up_proj'] },
    { parents: '.*\\.layers\\.\\d+', labels: ['fc1', 'linear1'] },
    { parents: '.*\\.ffn', labels: ['lin1'] },
    { parents: '.*\\.DenseReluDense', labels: ['wi', 'wi_0', 'wi_1'] },
  ],
};

const convolutionTypes = ['Conv1d', 'Conv2d', 'Conv3d'];
const denseTypes = ['Linear', 'Conv1D', 'NonDynamicallyQuantizableLinear'];
/** Dimensions of a convolution → the norm that fits it. */
const normAfter: ReadonlyMap<string, string> = new Map([
  ['Conv1d', 'BatchNorm1d'],
  ['Conv2d', 'BatchNorm2d'],
  ['Conv3d', 'BatchNorm3d'],
]);

/** Computes the facts about a model that presets need. */
export function createPresetModel(tree: ModuleTree): PresetModel {
  const rowsOfType = groupByType(tree);
  const blockContainers = findBlockContainers(tree);
  const rowsOf = (types: readonly string[]): readonly number[] =>
    types.flatMap((type) => rowsOfType.get(type) ?? []);
  const isInBlock = (row: number): boolean =>
    blockContainers.some((container) => row > container && row < tree.end[container]!);
  const roles = new Map<PresetRole, readonly RoleHit[]>();
  let placed: readonly PlacedRow[] | null = null;
  const convolutions = rowsOf(convolutionTypes).toSorted((a, b) => a - b);
  return {
    tree,
    rowsOfType,
    rowsOfRole(role) {
      placed ??= placeRows(tree, rowsOf(denseTypes));
      const hits = roles.get(role) ?? hitsOf(placed, roleNames[role]);
      roles.set(role, hits);
      return hits;
    },
    blockContainers,
    head: (rowsOfType.get('Linear') ?? []).findLast((row) => !isInBlock(row)) ?? -1,
    firstConvolution: convolutions[0] ?? -1,
    ...findNorms(tree, convolutions),
  };
}

/** By the data flow where the file has it (rules G16, G18), else by place. */
function findNorms(tree: ModuleTree, convolutions: readonly number[]): Pick<PresetModel, 'convolutionsWithNorms' | 'normsOfConvolutions'> {
  // A module that occurs elsewhere too does not only follow this convolution.
  const isOwn = (row: number): boolean => !tree.sharedWith.has(row);
  if (tree.graph === null || tree.graph.size === 0) {
    const pairs = convolutions.flatMap((row) => {
      const norm = normOf(tree, row);
      return norm === null || !isOwn(row) || !isOwn(norm) ? [] : [[row, norm] as const];
    });
    return { convolutionsWithNorms: pairs, normsOfConvolutions: pairs };
  }
  const heads = new Set(convolutions);
  const chains = proposeFusions(tree).flatMap(([head, next]) =>
    head !== undefined && next !== undefined && heads.has(head) && moduleType(tree, next)?.startsWith('BatchNorm') === true ? [[head, next] as const] : [],
  );
  const aligned = [...proposeAlignments(tree)].flatMap(([norm, source]) => (heads.has(source) && isOwn(norm) && isOwn(source) ? [[source, norm] as const] : []));
  return { convolutionsWithNorms: chains, normsOfConvolutions: aligned };
}

function groupByType(tree: ModuleTree): ReadonlyMap<string, readonly number[]> {
  const rows = new Map<string, number[]>();
  for (let row = 0; row < tree.size; row++) {
    const type = moduleType(tree, row);
    if (type === null) continue;
    const others = rows.get(type);
    if (others) others.push(row);
    else rows.set(type, [row]);
  }
  return rows;
}

interface PlacedRow {
  readonly row: number;
  readonly parent: string;
  readonly label: string;
}

function placeRows(tree: ModuleTree, rows: readonly number[]): readonly PlacedRow[] {
  return rows.map((row) => {
    const name = moduleName(tree, row);
    const dot = name.lastIndexOf('.');
    return { row, parent: name.slice(0, Math.max(dot, 0)), label: name.slice(dot + 1) };
  });
}

function hitsOf(placed: readonly PlacedRow[], names: readonly RoleNames[]): readonly RoleHit[] {
  return names.flatMap(({ parents, labels }) => {
    const isParent = new RegExp(`^(?:${parents})$`);
    const hits = placed.filter(({ parent, label }) => labels.includes(label) && isParent.test(parent));
    if (hits.length === 0) return [];
    const found = labels.filter((label) => hits.some((hit) => hit.label === label));
    const end = found.length === 1 ? found[0]! : `(${found.join('|')})`;
    return [{ pattern: `${parents}\\.${end}$`, rows: hits.map(({ row }) => row) }];
  });
}

/** The outermost modules whose children are numbered containers, half of them or more of one type. */
function findBlockContainers(tree: ModuleTree): readonly number[] {
  const containers: number[] = [];
  for (let row = 0; row < tree.size; row++) {
    if (!holdsBlocks(tree, row)) continue;
    containers.push(row);
    // A block inside a block is not a block of the model.
    row = tree.end[row]! - 1;
  }
  return containers;
}

function holdsBlocks(tree: ModuleTree, row: number): boolean {
  const end = tree.end[row]!;
  const first = row + 1;
  // Most modules are leaves or have few children: this must be quick.
  if (first >= end || tree.end[first] === end || tree.end[first] === first + 1) return false;
  const children = childRows(tree, row);
  const prefix = moduleLabel(tree, first).replace(/\d+$/, '');
  const isNth = (child: number, index: number): boolean =>
    hasChildren(tree, child) && moduleLabel(tree, child) === `${prefix}${index}`;
  if (!children.every(isNth)) return false;
  const counts = new Map<string | null, number>();
  for (const child of children) {
    const type = moduleType(tree, child);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return Math.max(...counts.values()) >= Math.max(2, children.length / 2);
}

/** The BatchNorm that is the next module after a convolution, when both have the same number of channels. */
function normOf(tree: ModuleTree, row: number): number | null {
  const next = row + 1;
  const type = moduleType(tree, row);
  if (type === null || next >= tree.size || tree.parent[next] !== tree.parent[row]) return null;
  if (moduleType(tree, next) !== normAfter.get(type)) return null;
  const [channels, normChannels] = [weightShape(tree, row)?.[0], weightShape(tree, next)?.[0]];
  return channels !== undefined && normChannels !== undefined && channels !== normChannels ? null : next;
}

/** Shape of a module's `weight`; `null` when it has none or the source does not say. */
export function weightShape(tree: ModuleTree, row: number): readonly number[] | null {
  return moduleSpec(tree, row).parameters?.find(({ name }) => name === 'weight')?.shape ?? null;
}
