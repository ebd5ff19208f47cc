import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'espalier-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const tree = file('model.txt', 'Net(\n  (a): Linear(in_features=2, out_features=2, bias=True)\n)');
const refused = file('refused #1.json', '[\n {"op_types": ["Linear"], "sparse_ratio": 50}\n]');
const warned = file('warned.json', '[{"op_types": ["Linear"], "sparse_ratio": 0.5}, {"op_names_re": ["nothing"], "sparse_ratio": 0.5}]');
const ready = file('ready.json', '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]');
const noList = file('text.txt', 'no list');

/** Output, messages without the folder, and exit code of `check`. */
async function check(...args: readonly string[]) {
  const printed: string[] = [];
  const said: string[] = [];
  const exitCode = await runCommand(['check', ...args, '--tree', tree, '--mode', 'pruning'], {
    lines: (async function* () {})(),
    print: async (line) => void printed.push(line),
    complain: (line) => void said.push(line.replaceAll(`${folder}/`, '')),
    version: '1.2.3',
  });
  return { exitCode, text: printed.join('\n').replaceAll(`${folder}/`, ''), said };
}

describe('F11: exit codes of check', () => {
  it.each<readonly [string, readonly string[], number, readonly string[]]>([
    ['ready', [ready], 0, []],
    ['with warnings', [warned], 0, []],
    ['with as many warnings as allowed', [warned, '--max-warnings', '1'], 0, []],
    ['with more', [warned, ready, '--max-warnings', '0'], 1, ['warned.json: 1 warning, and --max-warnings allows 0.']],
    ['refused', [refused], 1, []],
    ['one of several cannot be used', [noList, ready], 2, ['espalier: text.txt holds no config list. It begins: no list']],
  ])('%s', async (_, args, exitCode, said) => {
    expect(await check(...args)).toMatchObject({ exitCode, said });
  });
});

describe('F11: formats for programs hold every file, and what could not be used', () => {
  it('json', async () => {
    const { exitCode, text } = await check(refused, noList, ready, '--format', 'json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(text)).toMatchObject({
      files: [{ verdict: 'refused', findings: [{ code: 'wrong-value', line: 2, column: 27, fixes: [{ title: 'Write 0.5' }, {}] }] }, { verdict: 'ready', findings: [] }],
      unusable: ['text.txt holds no config list. It begins: no list'],
    });
  });

  it('github', async () => {
    const { text } = await check(refused, noList, '--format', 'github');
    expect(text.split('\n').map((line) => /^::[^:]*::/.exec(line)?.[0])).toEqual([
      '::error::', '::error file=refused #1.json,line=2,col=27,title=wrong-value (V3)::', '::error file=refused #1.json::',
    ]);
  });

  it('sarif has all that its schema requires', async () => {
    const { text } = await check(refused, warned, noList, '--format', 'sarif');
    const log = JSON.parse(text) as { version: string; runs: [{ tool: { driver: { name: string; version: string; rules: { id: string }[] } }; invocations: unknown; results: { ruleId: string; ruleIndex: number; level: string; message: { text: string }; locations: unknown[] }[] }] };
    const [{ tool, results, invocations }] = log.runs;
    expect([log.version, tool.driver.name, tool.driver.version]).toEqual(['2.1.0', 'Espalier', '1.2.3']);
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([['wrong-value', 'error'], ['entry-without-hit', 'warning']]);
    for (const { ruleId, ruleIndex, message } of results) expect([tool.driver.rules[ruleIndex]!.id, message.text === '']).toEqual([ruleId, false]);
    expect(results[0]!.locations).toMatchObject([{ physicalLocation: { artifactLocation: { uri: expect.stringMatching(/refused%20%231\.json$/) as string }, region: { startLine: 2, startColumn: 27 } } }]);
    expect(invocations).toEqual([{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text: expect.stringContaining('text.txt') as string } }] }]);
  });
});
