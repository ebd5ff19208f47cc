import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emptyObject, floatOf, getKey, objectOf, type ConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { nameAt } from '../module-tree/packed-names.ts';
import { readTree } from '../readers/read-tree.ts';
import { createResolver, type Resolver } from '../resolve/resolver.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { treeOf } from '../testing/nni-trees.ts';
import type { Proposals, ProposalPurpose } from './proposal.ts';
import { proposeSelectors } from './propose.ts';

const samples = new URL('../../../public/samples/', import.meta.url);
const python = '3.11';

function sample(name: string): ModuleTree {
  const read = readTree({ name, bytes: readFileSync(new URL(name, samples)) });
  if (!read.ok) throw new Error(name);
  return read.value;
}

function modulesWhere(tree: ModuleTree, holds: (name: string, type: string) => boolean): number[] {
  const all = Array.from({ length: tree.size }, (_, module) => module);
  return all.filter((module) => holds(nameAt(tree.names, module), tree.types[tree.typeId[module]!]!));
}

/** The modules that a list of that one sub-config selects, by another resolver than the one that proposed it. */
function selectedBy(tree: ModuleTree, config: ConfigObject): number[] {
  const { subConfigs } = createResolver(tree).resolve({ mode: 'distillation', list: [config], templates: [], python });
  return modulesWhere(tree, () => true).filter((module) => subConfigs[0]!.selected[module] === 1);
}

function propose(resolver: Resolver, modules: readonly number[], purpose: ProposalPurpose = { type: 'new' }): Proposals {
  return proposeSelectors(resolver, { purpose, modules, python });
}

function texts({ proposals }: Proposals, fit: 'exact' | 'broader' = 'exact'): readonly string[] {
  return proposals
    .filter((proposal) => proposal.fit === fit)
    .map(({ changes }) => changes.map(({ key, added }) => `${key}: ${added.join(' ')}`).join('; '));
}

/** Selections as people make them, and as nobody does. */
function randomSelection(tree: ModuleTree, random: Random): number[] {
  const module = () => random.below(tree.size);
  const below = (top: number) => modulesWhere(tree, () => true).slice(top, tree.end[top]);
  switch (random.below(6)) {
    case 0:
      return Array.from({ length: 1 + random.below(5) }, module);
    case 1: {
      const share = random.pick([0.05, 0.3, 0.8, 1]);
      return modulesWhere(tree, () => random.chance(share));
    }
    case 2: {
      const type = tree.types[tree.typeId[module()]!];
      return modulesWhere(tree, (_, own) => own === type);
    }
    case 3: {
      const last = nameAt(tree.names, module()).split('.').at(-1)!;
      return modulesWhere(tree, (name) => name.split('.').at(-1) === last && random.chance(0.9));
    }
    case 4:
      return [...below(module()), ...below(module())];
    default: {
      const inside = new Set(below(module()));
      const type = tree.types[tree.typeId[module()]!];
      return modulesWhere(tree, (_, own) => own === type).filter((at) => !inside.has(at));
    }
  }
}

/** Names that patterns stumble over. */
const oddTree = treeOf([
  '', 'a', 'a.b\n', 'a.b', 'a.*', 'a.(', 'a.1', 'a.01', 'a.10', 'a.٣', 'x-y', 'x-y.$', 'x-y.\\Z', '层', '层.größe 2', '😀', '😀.0',
].map((name) => ({ name, type: name.length > 3 ? 'Linear' : 'Block' })));

describe('P24b: the first proposal hits exactly the selection', () => {
  const trees = readdirSync(samples)
    .filter((name) => name.endsWith('.json.gz') && !name.startsWith('deepseek'))
    .map((name): [string, ModuleTree] => [name.replace('.json.gz', ''), sample(name)]);
  test.each([...trees, ['odd names', oddTree] as const])('25 random selections of %s (P24b, seed 2026)', (_, tree) => {
    const random = createRandom(2026);
    const resolver = createResolver(tree);
    for (let round = 0; round < 25; round++) {
      const wanted = [...new Set(randomSelection(tree, random))].toSorted((a, b) => a - b);
      if (wanted.length === 0) continue;
      const { proposals } = propose(resolver, wanted);
      expect(proposals[0]!.fit).toBe('exact');
      expect(selectedBy(tree, proposals[0]!.config)).toEqual(wanted);
      for (const { fit, count, extra } of proposals) expect(fit === 'exact' ? 0 : count - wanted.length).toBe(extra.count);
    }
  });

  test('selections of thousands in 75,396 modules (P24b, seed 7)', () => {
    const tree = sample('deepseek_v3.json.gz');
    const resolver = createResolver(tree);
    const random = createRandom(7);
    for (let round = 0; round < 4; round++) {
      const wanted = [...new Set(randomSelection(tree, random))].toSorted((a, b) => a - b);
      const { proposals } = propose(resolver, wanted);
      expect(selectedBy(tree, proposals[0]!.config)).toEqual(wanted);
    }
    const experts = modulesWhere(tree, (name) => /layers\.(1\d|20)\.mlp\.experts\.\d\d?\.(gate|up)_proj$/.test(name));
    expect(texts(propose(resolver, experts))[0]).toBe(
      'op_names_re: model\\.layers\\.(1\\d|20)\\.mlp\\.experts\\.(\\d|[1-9]\\d)\\.(gate|up)_proj$',
    );
  });
});

describe('P24a: what is proposed on ResNet-18', () => {
  const resolver = createResolver(sample('resnet18.json.gz'));
  const where = (holds: (name: string, type: string) => boolean) => modulesWhere(resolver.tree, holds);

  test.each<[string, (name: string, type: string) => boolean, readonly string[]]>([
    ['one module', (name) => name === 'fc', ['op_names: fc', 'op_names_re: fc$', 'op_types: Linear']],
    ['a type', (_, type) => type === 'Conv2d', ['op_types: Conv2d']],
    ['the root', (name) => name === '', ['op_names: ', 'op_names_re: $', 'op_types: ResNet']],
    ['everything', () => true, ['op_names_re: .*']],
    ['everything but the root', (name) => name !== '', ['op_names_re: .+']],
    ['the same place in some blocks', (name) => /layer[1-3]\.\d\.bn2$/.test(name), [
      'op_names_re: layer[1-3]\\.\\d+\\.bn2$',
      'op_names_re: layer[1-3]\\.[01]\\.bn2$',
    ]],
    ['all below some blocks', (name) => /layer[12]\./.test(name), ['op_names_re: layer[12]\\.']],
    ['a type but in one block', (name, type) => type === 'Conv2d' && !name.startsWith('layer4'), [
      'op_types: Conv2d; exclude_op_names_re: layer4\\.',
    ]],
  ])('%s', (_, holds, expected) => {
    expect(texts(propose(resolver, where(holds))).slice(0, expected.length)).toEqual(expected);
  });

  test('P24b broader ones follow, with what they take in addition', () => {
    const chosen = where((name) => /layer1\.\d\.conv1$/.test(name));
    const { proposals, near } = propose(resolver, chosen);
    const wider = proposals.filter(({ fit }) => fit === 'broader');
    expect(wider.length).toBeGreaterThan(0);
    expect(proposals.findIndex(({ fit }) => fit === 'broader')).toBe(proposals.length - wider.length);
    for (const { count, extra } of wider) {
      expect(extra.count).toBe(count - chosen.length);
      expect(extra.first.some((module) => chosen.includes(module))).toBe(false);
    }
    expect(near.count).toBe(14);
  });

  test('added to a sub-config: what it has stays, its list of types is heeded', () => {
    const config = objectOf([['op_types', ['Conv2d']], ['sparse_ratio', floatOf(0.5)]]);
    const chosen = where((name) => name === 'fc');
    const added = propose(resolver, chosen, { type: 'add', config });
    expect(added.goal).toBe(21);
    expect(texts(added)[0]).toBe('op_types: Linear');
    for (const proposal of added.proposals.filter(({ fit }) => fit === 'exact')) {
      expect(selectedBy(resolver.tree, proposal.config)).toHaveLength(21);
      expect(getKey(proposal.config, 'sparse_ratio')).toEqual(floatOf(0.5));
    }
    expect(propose(resolver, where((name) => name === 'conv1'), { type: 'add', config })).toMatchObject({
      proposals: [],
      already: 1,
    });
  });

  test('excluded from a sub-config: by pattern, type or name, or no longer named', () => {
    const config = objectOf([['op_types', ['Conv2d', 'Linear']]]);
    const last = where((name, type) => type === 'Conv2d' && name.startsWith('layer4'));
    expect(texts(propose(resolver, last, { type: 'exclude', config }))[0]).toBe('exclude_op_names_re: layer4\\.');
    const head = where((name) => name === 'fc');
    expect(texts(propose(resolver, head, { type: 'exclude', config }))).toContain('exclude_op_names: fc');
    const named = objectOf([['op_names', ['fc', 'conv1']]]);
    const { proposals } = propose(resolver, head, { type: 'exclude', config: named });
    expect(proposals[0]!.config).toEqual(objectOf([['op_names', ['conv1']]]));
    expect(propose(resolver, head, { type: 'exclude', config: objectOf([['op_names', ['conv1']]]) })).toMatchObject({
      proposals: [],
      already: 1,
    });
  });

  test('30 random additions and exclusions leave what they should (P24b, seed 31)', () => {
    const random = createRandom(31);
    const { tree } = resolver;
    for (let round = 0; round < 30; round++) {
      const base = propose(resolver, [...randomSelection(tree, random), 1]).proposals[0]!.config;
      const before = new Set(selectedBy(tree, base));
      const chosen = new Set(randomSelection(tree, random));
      const type = random.pick(['add', 'exclude'] as const);
      const goal = modulesWhere(tree, () => true).filter((module) =>
        type === 'add' ? before.has(module) || chosen.has(module) : before.has(module) && !chosen.has(module),
      );
      const { proposals } = propose(resolver, [...chosen], { type, config: base });
      if (goal.length === before.size) expect(proposals).toEqual([]);
      else expect(selectedBy(tree, proposals[0]!.config)).toEqual(goal);
    }
  });

  test('nothing chosen, nothing proposed', () => {
    expect(propose(resolver, [], { type: 'add', config: emptyObject }).proposals).toEqual([]);
  });
});
