import { spawnSync } from 'node:child_process';
import { createResolver } from '../core/resolve/resolver.ts';
import { forecastSpeedup } from '../core/graph/forecast/forecast-speedup.ts';
import { findDependencies } from '../core/graph/dependencies.ts';
import { moduleType } from '../core/module-tree/tree-index.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { setDependencyGroups } from '../core/resolve/dependency-list.ts';
import { residualGraphTree } from '../core/testing/generate-graph.ts';
import { quantile, rowOf, type Row } from './report.ts';

const sizes = [1000, 10_000, 75_000, 100_000];
const list = [{ type: 'object', entries: [['op_types', ['Conv2d']], ['sparse_ratio', { type: 'float', text: '0.5' }]] }] as const;

/** A copy that no cache knows. */
function fresh(tree: ModuleTree): ModuleTree {
  return { ...tree, graph: { ...tree.graph! } };
}

function time(action: () => void): number {
  const started = performance.now();
  action();
  return performance.now() - started;
}

/** Channel sets, the new list and the forecast of residual networks; NNI's own time next to the smallest where Python has it. */
export function measureGraph(rounds: number, quick: boolean): Row[] {
  return sizes.slice(0, quick ? 1 : sizes.length).flatMap((size) => {
    const tree = residualGraphTree(size);
    const title = `${size.toLocaleString('en')} nodes`;
    const again = Array.from({ length: Math.min(rounds, 5) });
    const sets = again.map(() => {
      const copy = fresh(tree);
      return time(() => findDependencies(copy));
    });
    const lists = again.map(() => {
      const resolver = createResolver(fresh(tree));
      return time(() => setDependencyGroups(list, resolver, '3.11', 'literal'));
    });
    const kept = new Map<number, Uint8Array>();
    for (let row = 0; row < tree.size; row++) if (moduleType(tree, row) === 'Conv2d') kept.set(row, Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0));
    const forecasts = again.map(() => time(() => forecastSpeedup(tree, kept)));
    const nni = size === sizes[0] ? (quick ? 'NNI’s own time is left out with --quick' : timeNni(size)) : '';
    const aim = size > 75_000 ? {} : { aim: 200 };
    return [
      rowOf('graph', `channel sets and group numbers, ${title}`, sets, aim),
      rowOf('graph', `a list with dependency groups, ${title}`, lists, nni === '' ? {} : { note: nni }),
      rowOf('graph', `what speedup leaves, ${title}`, forecasts),
    ];
  });
}

/** A note with the time that NNI takes for the same network once it is traced, or with the reason why it could not be measured. */
function timeNni(nodes: number): string {
  const program = `
import json, sys, time
import torch
from torch import nn
from nni.compression.utils.shape_dependency import ChannelDependency, GroupDependency
class Block(nn.Module):
    def __init__(self, groups):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(8, 8, 1), nn.Conv2d(8, 8, 1, groups=groups)
    def forward(self, x):
        return torch.relu_(self.conv2(torch.relu(self.conv1(x))) + x)
net = nn.Sequential(nn.Conv2d(8, 8, 1), *[Block(2 if i % 16 == 0 else 1) for i in range(${Math.floor(nodes / 5)})])
took = []
made = [kind(net, torch.rand(1, 8, 4, 4)) for kind in (ChannelDependency, GroupDependency)]
started = time.perf_counter()
for one in made: one.build_dependency()
print(json.dumps([(time.perf_counter() - started) * 1000]))
`;
  const python = process.env['ESPALIER_PYTHON'] ?? 'python3';
  const ran = spawnSync(python, ['-W', 'ignore', '-c', program], { encoding: 'utf8', timeout: 120_000 });
  if (ran.status === 0) return `NNI, tracing left out: ${Math.round(quantile(JSON.parse(ran.stdout) as number[], 0.5))} ms`;
  const reason = ran.error?.message ?? (ran.stderr.trim().split('\n').at(-1) || `it ended by ${ran.signal ?? `exit code ${ran.status}`}`);
  return `NNI’s own time is not measured: ${reason}`;
}
