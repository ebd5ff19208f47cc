import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonValue } from '../core/config/json-reader.ts';
import { isConfigList, type ConfigList } from '../core/config/value.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { createNameLookup } from '../core/module-tree/tree-index.ts';
import { surveyList } from '../core/overview/overview.ts';
import { readTree } from '../core/readers/read-tree.ts';
import { createResolver } from '../core/resolve/resolver.ts';
import { residualGraphTree } from '../core/testing/generate-graph.ts';
import { layOutPicture } from '../ui/overview/layout-picture.ts';
import { answerFlow } from '../worker/answer-flow.ts';
import type { EngineInput } from './engine-rows.ts';
import { rowOf, type Row } from './report.ts';

/** Parts of the model that the engine gives the picture at most. */
const mostPictureNodes = 1500;

function time(action: () => void): number {
  const started = performance.now();
  action();
  return performance.now() - started;
}

/** A copy without cached results. */
function fresh(tree: ModuleTree): ModuleTree {
  return { ...tree, graph: tree.graph && { ...tree.graph } };
}

function drawAround(tree: ModuleTree, name: string): void {
  const module = createNameLookup(tree).rowOf(name);
  const { picture } = answerFlow(tree, { module, frame: null, opened: [], folded: [] });
  if (picture.type !== 'picture') throw new Error(`no flow is drawn around ${name}: ${picture.type}`);
}

function listOf(text: string): ConfigList {
  const read = readJsonValue(text);
  if (!read.ok || !isConfigList(read.value)) throw new Error('not a list');
  return read.value;
}

/** The flow around a module, drawn and laid out; and the overview of a list with its picture of the model by size. */
export function measurePictures({ tree, title, rounds }: EngineInput, samples: string, quick: boolean): Row[] {
  const read = readTree({ name: 'resnet18', bytes: readFileSync(join(samples, 'resnet18.json.gz')) });
  if (!read.ok) throw new Error(read.error.code);
  const nodes = quick ? 1000 : 100_000;
  const large = residualGraphTree(nodes);
  const times = Array.from({ length: rounds });
  const small = times.map(() => time(() => drawAround(fresh(read.value), 'layer2.0.conv2')));
  const first = times.slice(0, 5).map(() => time(() => drawAround(fresh(large), 'block40_conv1')));
  const next = times.map((_, round) => time(() => drawAround(large, `block${50 + round}_conv1`)));
  const resolver = createResolver(tree);
  const list = listOf('[{"op_types": ["Linear"], "sparse_ratio": 0.5}]');
  const resolution = resolver.resolve({ mode: 'pruning', list, templates: [], python: '3.11' });
  const overview = times.map(() =>
    time(() => layOutPicture(surveyList(resolution, tree, null, mostPictureNodes).picture, 600, 400)),
  );
  const size = nodes.toLocaleString('en');
  return [
    rowOf('picture', 'flow around a module, ResNet-18', small),
    rowOf('picture', `flow around a module, ${size} nodes: the first`, first),
    rowOf('picture', `flow around a module, ${size} nodes: another`, next),
    rowOf('picture', `overview with its picture, ${title}`, overview),
  ];
}
