import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

function espalier(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/espalier.js', ...args], {
    input,
    encoding: 'utf8',
  });
  return { status, lines: stdout.split('\n').filter((line) => line !== ''), stderr };
}

const tree = ['--tree', 'public/samples/spec_mlp.json.gz'];

test('match: indices, an error with its place, and a name of a character', () => {
  const input = ['fc[12]', 'fc[', String.raw`\N{LATIN SMALL LETTER R}elu1`].map((text) => JSON.stringify(text)).join('\n');
  const { status, lines } = espalier(['match', ...tree], `${input}\n`);
  expect([status, lines.map((line): unknown => JSON.parse(line))]).toEqual([
    0,
    [
      { matched: [1, 3] },
      { error: { msg: 'unterminated character set', pos: 2 } },
      { matched: [2] },
    ],
  ]);
});

test('resolve: one line a list, numbers as Python writes them', () => {
  const { status, lines } = espalier(
    ['resolve', ...tree, '--mode', 'pruning'],
    '[{"op_names": ["fc1"], "target_names": ["weight"], "sparse_ratio": 5e-1}]\n[{"op_names": ["nope"]}]\n',
  );
  expect([status, lines.length]).toEqual([0, 2]);
  expect(lines[0]).toContain('"sparse_ratio":0.5,');
  expect(JSON.parse(lines[0]!)).toMatchObject({
    accepted: true,
    selected: [['fc1']],
    masks: { fc1: { weight: [117_600, 235_200] } },
  });
  expect(JSON.parse(lines[1]!)).toMatchObject({ accepted: false, stage: 'register', error: { type: 'KeyError' } });
});

test('groups: the sets of a model with a data flow, readable and as NNI writes them; G15', () => {
  const model = ['--tree', 'src/core/graph/vectors/models/skip_add.json.gz'];
  const list = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]';
  const results = [[], ['--literal']].map((option) => {
    const { status, lines } = espalier(['groups', ...model, ...option], `${list}\n[{"op_names": ["no.such"]}]\n`);
    expect([status, lines.length]).toEqual([0, 2]);
    expect(JSON.parse(lines[1]!)).toEqual({ error: { type: 'KeyError', message: "'no.such'" } });
    return (JSON.parse(lines[0]!) as { readonly result: readonly Readonly<Record<string, unknown>>[] }).result;
  });
  const [readable, literal] = results;
  const idsOf = (result = readable!) =>
    result.flatMap((config) => (config['op_names'] as readonly string[]).map((name) => [name, config['dependency_group_id']]));
  expect(new Map(idsOf(readable) as [string, string][])).toEqual(new Map(idsOf(literal) as [string, string][]));
  expect(literal!.every((config) => (config['op_names'] as readonly string[]).length === 1)).toBe(true);
  expect(readable!.length).toBeLessThan(literal!.length);
});

test('groups: a model without a data flow is told once; exit code 2', () => {
  const { status, lines, stderr } = espalier(['groups', '--tree', 'public/samples/llama3_8b.json.gz'], '[]\n[]\n');
  expect([status, lines]).toEqual([2, []]);
  expect(stderr).toContain('no data flow');
});

test('speedup: shapes with known rows, a range without, errors with their stage; G23, G24', () => {
  const model = ['--tree', 'src/core/graph/vectors/models/skip_add.json.gz'];
  const list = [{ op_types: ['Conv2d'], sparse_ratio: 0.5 }];
  const rows = { f: '01110100', d: '11001010', e: '11001100', c: '01001110', b: '01110100', a: '01110100' };
  const input = [{ config_list: list, rows }, list, [{ op_names: ['no.such'], sparse_ratio: 0.5 }], { rows: { a: '01' } }];
  const { status, lines } = espalier(['speedup', ...model], input.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const [known, unknown, refused, unusable] = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  expect(status).toBe(2);
  expect(known).toMatchObject({
    result: { g: { weight: [4, 8, 1, 1], bias: [4] } }, params: 794, params_before: 2156, exact: true, error: { stage: 'forward', type: 'RuntimeError' },
  });
  expect(unknown).toMatchObject({ exact: false, range: { params: [expect.any(Number), expect.any(Number)] } });
  expect(refused).toMatchObject({ error: { stage: 'prune', type: 'KeyError' } });
  expect(unusable).toHaveProperty('unusable');
});

test('unusable input: exit code 2 and the way out', () => {
  expect(espalier(['resolve', ...tree]).stderr).toContain('--mode');
  expect(espalier(['match', '--tree', 'nowhere.json'])).toMatchObject({ status: 2 });
  expect(espalier(['check', 'package.json', ...tree, '--mode', 'pruning'])).toMatchObject({ status: 1 });
});

test('one bad line of standard input does not hold up the others', () => {
  const matched = espalier(['match', ...tree], '\uFEFF"fc1"\r\n\r\n7\n{bad\n"x\u2028"\n"fc2"');
  expect(matched.lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual([
    'matched',
    'unusable',
    'unusable',
    'matched',
    'matched',
  ]);
  expect(matched.status).toBe(2);
  expect(matched.stderr).toContain('Line 4 of standard input');
  const list = '[{"op_names": ["fc1"], "sparse_ratio": 0.5}]';
  const resolved = espalier(['resolve', ...tree, '--mode', 'pruning'], `{bad\n${list}\n`);
  expect([resolved.status, resolved.lines.length]).toEqual([2, 2]);
  expect(JSON.parse(resolved.lines[1]!)).toMatchObject({ accepted: true });
});

test('a list over several lines, as Python source, and in a plan', () => {
  const options = [...tree, '--mode', 'pruning'];
  const whole = espalier(['resolve', ...options], '[\n  {"op_names": ["fc1"],\n   "sparse_ratio": 0.5}\n]\n');
  expect([whole.status, whole.lines.length]).toEqual([0, 1]);
  const file = test.info().outputPath('list.py');
  writeFileSync(file, 'config_list = [{"op_names": ["fc1"], "sparse_ratio": 1}]  # too much\n');
  expect(espalier(['check', file, ...options])).toMatchObject({ status: 1 });
  expect(JSON.parse(espalier(['resolve', ...options, '--config', file]).lines[0]!)).toMatchObject({ stage: 'schema' });
  writeFileSync(file, 'config_list = [{"op_names": names()}]\n');
  expect(espalier(['check', file, ...options])).toMatchObject({ status: 2, stderr: expect.stringContaining('does not decide names() (line 1)') });
  writeFileSync(file, JSON.stringify({
    format: 'compression-plan',
    version: 1,
    lists: { pruning: [{ id: 's1', config: { op_names: ['fc3'], sparse_ratio: 'half' } }] },
  }));
  expect(JSON.parse(espalier(['resolve', ...options, '--config', file]).lines[0]!)).toMatchObject({ selected: [['fc3']] });
});

test('a folder of files is one model', () => {
  const folder = test.info().outputPath('model');
  mkdirSync(folder);
  writeFileSync(join(folder, 'model.safetensors.index.json'), '{"weight_map": {"a.weight": "x", "b.weight": "x"}}');
  writeFileSync(join(folder, 'config.json'), '{"architectures": ["Net"]}');
  expect(espalier(['match', '--tree', folder], '"b"\n')).toMatchObject({ status: 0, lines: ['{"matched":[2]}'] });
});

test('in the text of a model, indices count its modules, runs written out', () => {
  const file = test.info().outputPath('print.txt');
  writeFileSync(file, '>>> print(net)\nNet(\n  (h): ModuleList(\n    (0-2): 3 x Block(\n      (fc): Linear(in_features=1, out_features=1)\n    )\n  )\n)\n');
  expect(espalier(['match', '--tree', file], '".*fc"\n')).toMatchObject({ status: 0, lines: ['{"matched":[3,5,7]}'] });
});

test('arguments that cannot be used', () => {
  const latin = test.info().outputPath('latin1.json');
  writeFileSync(latin, Buffer.from('[{"op_names": ["größe"]}]', 'latin1'));
  expect(espalier(['check', latin, ...tree, '--mode', 'pruning'])).toMatchObject({
    status: 2,
    stderr: `espalier: The config list cannot be read: ${latin} is not UTF-8 text. Byte 18, line 1. Save it again as UTF-8.\n`,
  });
  expect(espalier([])).toMatchObject({ status: 2, lines: [], stderr: expect.stringContaining('espalier match') });
  expect(espalier(['resolve', ...tree, '--mode', 'prune']).stderr).toContain('no mode prune');
  expect(espalier(['check', 'x', '--foo']).stderr).toContain('no option --foo');
  expect(espalier(['check', 'x', '--tree']).stderr).toContain('--tree needs a value');
});

test('F8: check of a plan file takes its list of the mode and its assertions', () => {
  const plan = (count: number) =>
    JSON.stringify({
      format: 'compression-plan',
      version: 1,
      lists: {
        pruning: [
          { id: 's1', enabled: false, config: { op_types: ['Nope'] } },
          { id: 's2', config: { op_types: ['Linear'], sparse_ratio: 'half' } },
        ],
        quantization: [{ id: 's3', config: { op_types: ['Linear'], quant_dtype: 'int8' } }],
      },
      assertions: [
        { id: 'a1', mode: 'quantization', sub_config: 's3', label: 'all of them', demand: { type: 'selects-exactly', count } },
        { id: 'a2', mode: 'quantization', sub_config: null, label: '', demand: { type: 'never-selects', pattern: 'relu' } },
      ],
    });
  const file = test.info().outputPath('a.plan.json');
  const check = (count: number, mode: string) => {
    writeFileSync(file, plan(count));
    return espalier(['check', file, ...tree, '--mode', mode]);
  };
  expect(check(3, 'quantization')).toMatchObject({ status: 0, lines: [expect.anything(), '2 of 2 assertions hold.'] });
  const failed = check(2, 'quantization');
  expect(failed.status).toBe(1);
  expect(failed.lines.join('\n')).toContain('“all of them” fails: 3 modules are selected, not 2. (F8)');
  expect(failed.lines.at(-1)).toBe('1 of 2 assertions hold.');
  expect(check(3, 'pruning').status).toBe(1);
  writeFileSync(file, '{"format": "compression-plan", "version": 7}');
  expect(espalier(['check', file, ...tree, '--mode', 'pruning'])).toMatchObject({ status: 2 });
});

test('check: each of several files, packed ones too; one that cannot be used does not hold up the others', () => {
  const folder = test.info().outputPath('lists');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const good = write('good.json', '[{"op_names": ["fc1"], "sparse_ratio": 0.5}]');
  const packed = write('packed.json.gz', gzipSync('[{"op_names": ["fc1"], "sparse_ratio": 1}]'));
  const bytes = write('bytes.json', Uint8Array.from([0xc3, 0x28]));
  const rest = [...tree, '--mode', 'pruning'];
  expect(espalier(['check', good, good, ...rest])).toMatchObject({ status: 0, lines: [{}, {}] });
  const refused = espalier(['check', packed, good, ...rest]);
  expect([refused.status, refused.lines.filter((line) => line.startsWith('NNI'))]).toEqual([
    1, [expect.stringContaining(`refuses ${packed}`), `NNI 3.0 accepts ${good} for spec_mlp.`],
  ]);
  const unusable = espalier(['check', bytes, good, ...rest]);
  expect(unusable).toMatchObject({ status: 2, lines: [`NNI 3.0 accepts ${good} for spec_mlp.`] });
  expect(unusable.stderr).toContain(`${bytes} is not UTF-8 text.`);
});

test('check: whoever stops reading does not change what the exit code says', () => {
  const file = test.info().outputPath('long.json');
  // Each is warned of, and has no fix that would be tried.
  const entries = Array.from({ length: 3000 }, () => ({ op_names: ['fc1'], sparse_ratio: 0.5 }));
  writeFileSync(file, JSON.stringify([{ op_names: ['fc1'], sparse_ratio: 1 }, ...entries]));
  const command = `node dist/cli/espalier.js check ${JSON.stringify(file)} ${tree.join(' ')} --mode pruning | head -1`;
  const { status, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command}`], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, '']);
});

test('the model may be a folder with folders below', () => {
  const folder = test.info().outputPath('pipeline');
  mkdirSync(join(folder, 'unet'), { recursive: true });
  mkdirSync(join(folder, '.cache'), { recursive: true });
  writeFileSync(join(folder, 'unet', 'tree.json'), '{"":"UNet","conv":"Conv2d"}');
  writeFileSync(join(folder, '.cache', 'other.json'), '{"":"Other","x":"Conv2d"}');
  const { status, lines } = espalier(['match', '--tree', folder], '".*"\n');
  expect([status, lines]).toEqual([0, ['{"matched":[0,1]}']]);
});

test('a list of 20,000 sub-configs: every line arrives, without a warning', () => {
  const file = test.info().outputPath('many.json');
  const list = Array.from({ length: 20_000 }, () => ({ op_names: ['fc1'], sparse_ratio: 0.5 }));
  writeFileSync(file, JSON.stringify(list));
  const command = `node dist/cli/espalier.js check ${JSON.stringify(file)} ${tree.join(' ')} --mode pruning | tail -1`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect([stdout, stderr]).toEqual([expect.stringMatching(/^NNI 3\.0 accepts \S+ for spec_mlp, with [\d,]+ warnings\.\n$/), '']);
});

test('E4: what is past a limit is refused with its place and the option that goes past', () => {
  const long = JSON.stringify('x'.repeat(100_001));
  const matched = espalier(['match', ...tree], `${long}\n"fc1"\n`);
  expect([matched.status, matched.lines[1]]).toEqual([2, '{"matched":[1]}']);
  expect(matched.stderr).toContain('Line 1 of standard input: The string at the start has 100,001 characters; the limit is 100,000.');
  expect(matched.stderr).toContain('--no-limits');
  expect(espalier(['match', ...tree, '--no-limits'], `${long}\n`)).toMatchObject({ status: 0, lines: ['{"matched":[]}'] });
  const file = test.info().outputPath('list.json');
  const rest = [...tree, '--mode', 'pruning'];
  writeFileSync(file, `[{"op_names_re": [${long}], "sparse_ratio": 0.5}]`);
  expect(espalier(['check', file, ...rest])).toMatchObject({ status: 2, stderr: expect.stringContaining('[0].op_names_re[0]') });
  expect(espalier(['resolve', ...rest], readFileSync(file, 'utf8')).stderr).toContain('[0].op_names_re[0]');
  expect(espalier(['check', file, ...rest, '--no-limits']).status).toBe(0);
  writeFileSync(file, `[${Array(100_001).fill('{}').join(',')}]`);
  expect(espalier(['check', file, ...rest]).stderr).toContain('The list has 100,001 sub-configs; the limit is 100,000.');
});

test('a model past a limit names the option that opens it', () => {
  const file = test.info().outputPath('deep.json');
  const names = Array.from({ length: 1200 }, (_, depth) => Array(depth + 1).fill('a').join('.'));
  writeFileSync(file, JSON.stringify(Object.fromEntries([['', 'Net'], ...names.map((name) => [name, 'Linear'])])));
  const refused = espalier(['match', '--tree', file], '"a$"\n');
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('Use --no-limits to open it anyway')]);
  expect(espalier(['match', '--tree', file, '--no-limits'], '"a$"\n')).toMatchObject({ status: 0, lines: ['{"matched":[1]}'] });
  expect(espalier(['--help']).lines.join('\n')).toContain('--no-limits');
});

test('links in the folder of a model: those to files count, others are named and left out', () => {
  const folder = test.info().outputPath('linked');
  mkdirSync(join(folder, 'below'), { recursive: true });
  const outside = test.info().outputPath('blob');
  writeFileSync(outside, '{"":"Net","fc":"Linear"}');
  symlinkSync(outside, join(folder, 'tree.json'));
  symlinkSync(join(folder, 'gone'), join(folder, 'dangling.json'));
  symlinkSync(folder, join(folder, 'below', 'circle'));
  spawnSync('bash', ['-c', `mkfifo ${join(folder, 'pipe')}`]);
  const { status, lines, stderr } = espalier(['match', '--tree', folder], '"fc"\n');
  expect([status, lines]).toEqual([0, ['{"matched":[1]}']]);
  expect(stderr).toContain('dangling.json (a link to a file that does not exist)');
  expect(stderr).toContain('circle (a link to a folder)');
  expect(stderr).toContain('pipe (a pipe, socket or device)');
});

test('a model comes through a pipe, and by standard input', () => {
  const run = (command: string, input = '') =>
    spawnSync('bash', ['-c', command.replaceAll('espalier', 'node dist/cli/espalier.js')], { input, encoding: 'utf8', timeout: 30_000 });
  const packed = tree[1]!;
  expect(run(`espalier match --tree <(cat ${packed})`, '"fc1"\n').stdout).toBe('{"matched":[1]}\n');
  const fifo = test.info().outputPath('fifo');
  expect(run(`mkfifo ${fifo}; cat ${packed} > ${fifo} & espalier match --tree ${fifo}`, '"fc1"\n').stdout).toBe('{"matched":[1]}\n');
  const list = test.info().outputPath('list.json');
  writeFileSync(list, '[{"op_names": ["fc1"], "sparse_ratio": 0.5}]');
  const check = `espalier check ${list} --tree /dev/stdin --mode pruning`;
  expect(run(`cat ${packed} | ${check}`).status).toBe(0);
  expect(run(`${check} < ${packed}`).status).toBe(0);
  expect(run(`cat ${list} | espalier check /dev/stdin ${tree.join(' ')} --mode pruning`).status).toBe(0);
  expect(espalier(['check', list, '--tree', '/dev/stdin', '--mode', 'pruning'], '{"":"Net","fc1":"Linear"}').status).toBe(0);
  const twice = espalier(['match', '--tree', '/dev/stdin'], '{"":"Net"}');
  expect([twice.status, twice.stderr]).toEqual([2, expect.stringContaining('give the model as a file')]);
});

test('a reader of messages that has gone changes no exit code', () => {
  const lines = Array.from({ length: 2000 }, () => '7').join('\n');
  const command = `node dist/cli/espalier.js match ${tree.join(' ')} 2> >(true) > ${test.info().outputPath('out')}`;
  expect(spawnSync('bash', ['-c', command], { input: lines }).status).toBe(2);
});

test('texts from inputs steer no terminal', () => {
  const steering = '\u001b[2J\u009b31m\u0000\nNNI 3.0 accepts';
  const bare = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|^NNI 3.0 accepts/m;
  const list = test.info().outputPath('list.json');
  const rest = ['--mode', 'pruning'];
  writeFileSync(list, JSON.stringify([{ op_types: [steering], op_names: [steering], sparse_ratio: 0.5, [steering]: 1 }]));
  const checked = espalier(['check', list, ...tree, ...rest]);
  expect(checked.lines.join('\n')).toContain(String.raw`\u001b[2J\u009b31m\u0000\u000aNNI 3.0 accepts`);
  const model = test.info().outputPath('model.json');
  writeFileSync(model, JSON.stringify({ modules: [{ name: steering, type: steering }, { name: steering, type: steering }] }));
  const outputs = [
    checked,
    espalier(['resolve', ...tree, ...rest], readFileSync(list, 'utf8')),
    espalier(['match', '--tree', model]),
    espalier(['match', '--tree', 'nowhere\u001b[31m']),
    espalier(['check', list, ...tree, '--mode', '\u001b[31m']),
    espalier(['\u001b[31m']),
    espalier(['match', '--\u001b[31m']),
  ];
  for (const { lines, stderr } of outputs) {
    expect(`${lines.join('\n')}${stderr}`).not.toBe('');
    expect(`${lines.join('\n')}${stderr}`).not.toMatch(bare);
  }
});

test('F10, F11: fix repairs a list, and check reports in the formats of CI', () => {
  const folder = test.info().outputPath('fixed');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'list.json');
  writeFileSync(file, '[\n  {"op_types": ["Linear"], "sparse_ration": 1}\n]\n');
  const rest = [file, ...tree, '--mode', 'pruning'];
  const github = espalier(['check', ...rest, '--format', 'github']);
  expect([github.status, github.lines[0]]).toEqual([1, expect.stringMatching(/^::error file=.*,line=2,col=28,title=unknown-key/)]);
  const sarif = espalier(['check', ...rest, '--format', 'sarif']);
  expect(JSON.parse(sarif.lines.join('\n'))).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'unknown-key', level: 'error' }] }] });
  const printed = espalier(['fix', ...rest]);
  expect([printed.status, JSON.parse(printed.lines.join('\n'))]).toEqual([0, [{ op_types: ['Linear'], sparse_ratio: 1 }]]);
  expect(printed.lines.join('')).toContain('1.0');
  expect(espalier(['fix', ...rest, '--write'])).toMatchObject({ status: 0, lines: [] });
  // A ratio of 1.0 is accepted, and ModelSpeedup leaves nothing of the layers (G23).
  const repaired = espalier(['check', ...rest]);
  expect([repaired.status, repaired.lines[0], repaired.lines.at(-1)]).toEqual([
    0,
    expect.stringContaining('[0]: silent: The list prunes, but the model that ModelSpeedup gives fails at fc1. (G23)'),
    `NNI 3.0 accepts ${file} for spec_mlp, with 1 warning.`,
  ]);
  writeFileSync(file, '[{"op_types": ["Linear"], "sparse_ratio": 0.5}, {"op_types": ["Linear"], "sparse_ratio": 0.2}]');
  expect(espalier(['check', ...rest])).toMatchObject({ status: 0 });
  expect(espalier(['check', ...rest, '--max-warnings', '0'])).toMatchObject({ status: 1 });
  const resolved = espalier(['resolve', '--config', file, ...tree, '--mode', 'pruning', '--fixes']);
  expect(JSON.parse(resolved.lines[0]!)).toMatchObject({ verdict: 'runs-with-warnings', findings: [{ code: 'wins-nothing', values: { winners: [1] }, fixes: [] }] });
});
