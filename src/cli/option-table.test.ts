import { describe, expect, it } from 'vitest';
import { parseCommand, UnusableInput } from './command-line.ts';
import { helpOf } from './help-text.ts';
import { parseOpen } from './open/open-options.ts';
import { commandNames, optionsOf, optionTypes, type CommandName, type OptionName } from './option-table.ts';

/** A value that the option takes. */
const values: Readonly<Record<string, string>> = {
  mode: 'pruning', algorithm: 'L1NormPruner', call: '{}', python: '3.11', set: 'a=1', format: 'json', 'max-warnings': '3', port: '4747',
};

function argument(name: OptionName): readonly string[] {
  return optionTypes[name].type === 'boolean' ? [`--${name}`] : [`--${name}`, values[name] ?? 'file'];
}

/** The message with which the arguments are refused; `null` where they are taken. */
function refusal(command: CommandName, args: readonly string[]): string | null {
  try {
    if (command === 'open') parseOpen(args);
    else parseCommand([command, ...args]);
    return null;
  } catch (error) {
    if (error instanceof UnusableInput) return error.message;
    throw error;
  }
}

/** What a command needs beside the option in question. */
function needed(command: CommandName, besides: OptionName): readonly string[] {
  const files = command === 'check' || command === 'fix' || command === 'report' ? ['list.json'] : [];
  const options = (['tree', 'mode'] as const).filter((name) => name !== besides && command !== 'open' && (optionsOf[command] as readonly string[]).includes(name));
  return [...files, ...options.flatMap(argument)];
}

const names = (Object.keys(optionTypes) as OptionName[]).filter((name) => name !== 'help' && name !== 'version');

describe.each(commandNames)('E9 %s', (command) => {
  const own = new Set<string>(optionsOf[command]);

  it.each(names.filter((name) => own.has(name)))('takes --%s, and its help explains it', (name) => {
    expect(refusal(command, [...needed(command, name), ...argument(name)])).toBeNull();
    expect(helpOf(command)).toMatch(new RegExp(`^  (?:-o, )?--${name}\\b`, 'm'));
  });

  it.each(names.filter((name) => !own.has(name)))('refuses --%s, and names the commands that take it', (name) => {
    const takers = commandNames.filter((other) => (optionsOf[other] as readonly string[]).includes(name));
    const message = refusal(command, [...needed(command, name), ...argument(name)]) ?? '';
    expect(message).toContain(`--${name} is an option of `);
    expect(message).toContain(`, not of ${command} `);
    for (const taker of takers) expect(message.split(', not of ')[0]).toContain(taker);
  });
});

it('E9: - stands for standard input', () => {
  expect(parseCommand(['fix', '-', '--tree', 'x', '--mode', 'pruning'])).toMatchObject({ file: '/dev/stdin', options: { tree: 'x' } });
  expect(parseCommand(['resolve', '--tree', '-', '--mode', 'pruning', '--config', '-'])).toMatchObject({ options: { tree: '/dev/stdin', config: '/dev/stdin' } });
});

it.each<readonly [args: readonly string[], message: string]>([
  [['check', 'a.json', '--tre', 'x'], 'There is no option --tre. Did you mean --tree?'],
  [['check', 'a.json', '--zzz'], 'There is no option --zzz (--help shows all).'],
  [['chek', 'a.json'], 'There is no command chek. Did you mean check?'],
  [['zzz'], 'There is no command zzz: use open, match, resolve, check, fix, report, groups or speedup (--help shows how).'],
  [['check', 'a.json', '--max-warnings'], '--max-warnings needs a value after it (--help shows which).'],
  [['report', 'a.json', '-o'], '--output needs a value after it (--help shows which).'],
  [['check', 'a.json', '--tree', '--mode', 'pruning'], '--tree needs a value after it (--help shows which).'],
  [['fix', 'a.json', '--write=yes'], '--write takes no value.'],
  [['check', 'a.json', '--tree', 'x', '--mode', 'pruning', '--max-warnings', '-1'], '--max-warnings needs a value after it (--help shows which).'],
  [['check', 'a.json', '--tree', 'x', '--mode', 'pruning', '--max-warnings', '1.5'], '--max-warnings 1.5: write a whole number from 0.'],
  [['check', 'a.json', '--tree', 'x', '--mode', 'pruning', '--format', 'xml'], 'There is no format xml: use text, json, github, sarif.'],
  [['check', 'a.json', '--tree', 'x', '--mode', 'prune'], 'There is no mode prune: use pruning, quantization or distillation.'],
  [['check', 'a.json', '--report'], 'check needs the model for --report: --tree FILE.'],
  [['fix', '--tree', 'x', '--mode', 'pruning'], 'fix needs the file of a config list: espalier fix FILE --tree FILE --mode MODE.'],
  [['fix', 'a.json', 'b.json', '--tree', 'x', '--mode', 'pruning'], 'fix takes one file; b.json is a second.'],
  [['--mode', 'pruning', 'open'], 'open comes before its options: espalier open [MODEL] [CONFIG].'],
])('E9: %j is refused in words', (args, message) => {
  expect(() => parseCommand(args)).toThrow(message);
});
