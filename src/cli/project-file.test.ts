import { describe, expect, it } from 'vitest';
import { parseProject } from './project-file.ts';

const read = (text: string) => parseProject(text, '/repo/espalier.json');

describe('the project file', () => {
  it('gives each list its model and options; what stands beside checks is for all; paths start at its folder', () => {
    const project = read(`{
      "$schema": "x", "mode": "pruning", "maxWarnings": 3,
      "checks": [
        {"list": ["a.json", "b.py"], "tree": "trees/r18.json.gz", "set": {"args.sparsity": "0.5"}},
        {"list": "d.json", "tree": "t.json", "mode": "distillation", "teacher": "big.json", "algorithm": "DynamicLayerwiseDistiller", "call": {"max_steps": 10}}
      ]}`);
    expect(project).toEqual({
      path: '/repo/espalier.json',
      maxWarnings: 3,
      checks: [
        { files: ['/repo/a.json', '/repo/b.py'], args: ['--mode', 'pruning', '--tree', '/repo/trees/r18.json.gz', '--set', 'args.sparsity=0.5'] },
        {
          files: ['/repo/d.json'],
          args: ['--mode', 'distillation', '--tree', '/repo/t.json', '--teacher', '/repo/big.json', '--algorithm', 'DynamicLayerwiseDistiller', '--call', '{"max_steps":10}'],
        },
      ],
    });
  });

  it.each([
    ['{"checks": [', /line 1, column/],
    ['[]', 'the file must be an object with "checks"'],
    ['{}', 'checks must be a list of one or more checks'],
    ['{"lists": [], "checks": [{}]}', 'lists must be left out'],
    ['{"checks": [{"tree": "t"}]}', 'checks[0].list must be the path of a config list'],
    ['{"checks": [{"list": "a"}]}', 'checks[0].tree must be the path of the model'],
    ['{"checks": [{"list": "a", "tree": "t", "mode": "prune"}]}', 'checks[0].mode must be one of pruning'],
    ['{"checks": [{"list": "a", "tree": "t", "tre": "t"}]}', 'checks[0].tre must be left out'],
    ['{"checks": [{"list": "a", "tree": 1}]}', 'checks[0].tree must be a text'],
    ['{"checks": [{"list": "a", "tree": "t", "set": {"x": 0.5}}]}', 'checks[0].set["x"] must be a Python literal as a text'],
    ['{"maxWarnings": 1.5, "checks": [{"list": "a", "tree": "t"}]}', 'maxWarnings must be a whole number from 0'],
  ])('refuses %s', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
