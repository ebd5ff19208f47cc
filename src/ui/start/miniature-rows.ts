/** A row of the miniature: modules of ResNet-18 as its tree shows them. */
export interface MiniatureRow {
  readonly name: string;
  readonly type: string;
  readonly shape: string;
  readonly depth: number;
  readonly state: 'leaf' | 'open' | 'closed';
  /** Names of the modules that a closed row hides. */
  readonly hides?: readonly string[];
}

const block = (prefix: string) => ['conv1', 'bn1', 'relu', 'conv2', 'bn2'].map((part) => `${prefix}.${part}`);

export const miniatureRows: readonly MiniatureRow[] = [
  { name: 'conv1', type: 'Conv2d', shape: '64×3×7×7', depth: 0, state: 'leaf' },
  { name: 'layer1', type: 'Sequential', shape: '', depth: 0, state: 'closed', hides: ['layer1.0', ...block('layer1.0'), 'layer1.1', ...block('layer1.1')] },
  { name: 'layer3', type: 'Sequential', shape: '', depth: 0, state: 'open' },
  { name: 'layer3.0', type: 'BasicBlock', shape: '', depth: 1, state: 'open' },
  { name: 'layer3.0.conv1', type: 'Conv2d', shape: '256×128×3×3', depth: 2, state: 'leaf' },
  { name: 'layer3.0.bn1', type: 'BatchNorm2d', shape: '256', depth: 2, state: 'leaf' },
  { name: 'layer3.0.conv2', type: 'Conv2d', shape: '256×256×3×3', depth: 2, state: 'leaf' },
  { name: 'layer3.0.bn2', type: 'BatchNorm2d', shape: '256', depth: 2, state: 'leaf' },
  {
    name: 'layer3.1',
    type: 'BasicBlock',
    shape: '',
    depth: 1,
    state: 'closed',
    hides: block('layer3.1'),
  },
  { name: 'layer4', type: 'Sequential', shape: '', depth: 0, state: 'open' },
  { name: 'layer4.0', type: 'BasicBlock', shape: '', depth: 1, state: 'open' },
  { name: 'layer4.0.conv1', type: 'Conv2d', shape: '512×256×3×3', depth: 2, state: 'leaf' },
  { name: 'layer4.0.conv2', type: 'Conv2d', shape: '512×512×3×3', depth: 2, state: 'leaf' },
  { name: 'layer4.1', type: 'BasicBlock', shape: '', depth: 1, state: 'closed', hides: block('layer4.1') },
  { name: 'fc', type: 'Linear', shape: '1000×512', depth: 0, state: 'leaf' },
];

/** The patterns that are typed one after the other. JavaScript reads them as Python does. */
export const miniaturePatterns = ['layer[34].*conv', 'layer4', '.*bn2'] as const;

/** The rows that a pattern matches from the start of the name, and their number of modules; `null` while it is no pattern. */
export function matchMiniature(pattern: string): { readonly own: ReadonlySet<string>; readonly inside: ReadonlyMap<string, number> } | null {
  if (pattern === '') return { own: new Set(), inside: new Map() };
  let matcher: RegExp;
  try {
    matcher = new RegExp(`^(?:${pattern})`);
  } catch {
    return null;
  }
  const matches = (name: string) => matcher.test(name);
  const inside = miniatureRows.map(({ name, hides = [] }) => [name, hides.filter(matches).length] as const);
  return {
    own: new Set(miniatureRows.map(({ name }) => name).filter(matches)),
    inside: new Map(inside.filter(([, count]) => count > 0)),
  };
}
