import { describe, expect, it } from 'vitest';
import { defaultAlgorithms } from '../../algorithms/algorithm.ts';
import { createResolver } from '../../resolve/resolver.ts';
import { parseList, readSample } from '../../testing/nni-vectors.ts';
import { judgeList } from '../judge-list.ts';
import { listAfter } from '../settle-fix.ts';

const resolver = createResolver(readSample('resnet18'));

function judge(text: string) {
  return judgeList(parseList(text), { resolver, teacher: null, templates: [], mode: 'distillation', python: '3.11', algorithm: defaultAlgorithms.distillation, call: null });
}

describe('wrapped-sequential', () => {
  it.each(['layer1', 'layer2'])('A-W1: distilling %s of ResNet-18 fails, and its last block is offered', (name) => {
    const list = parseList(`[{"op_names":["${name}","bn1"],"lambda":1.0}]`);
    const { findings, verdict } = judge(`[{"op_names":["${name}","bn1"],"lambda":1.0}]`);
    const found = findings.filter(({ code }) => code === 'wrapped-sequential');
    expect(found.map(({ severity, values }) => [severity, values])).toEqual([['later', { subConfig: 1, count: 1 }]]);
    expect(findings.map(({ code }) => code)).not.toContain('algorithm-fails');
    expect(verdict.state).toBe('fails-when-it-runs');
    expect(listAfter(list, found[0]!.fixes[0]!)).toEqual(parseList(`[{"op_names":["${name}.1","bn1"],"lambda":1.0}]`));
  });

  it('A-W1: is silent about blocks and layers', () => {
    expect(judge('[{"op_names":["layer1.1","relu"],"lambda":1.0}]').findings.filter(({ code }) => code === 'wrapped-sequential')).toEqual([]);
  });
});
