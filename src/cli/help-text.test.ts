import { expect, it } from 'vitest';
import { parseCommand } from './command-line.ts';
import { helpOf, helpText } from './help-text.ts';

const commands = ['open', 'match', 'resolve', 'check', 'fix', 'report', 'groups', 'speedup'];

it.each(commands)('%s --help shows its own part, with an example, and the options', (command) => {
  const help = helpOf(command);
  expect(help).toMatch(new RegExp(`^  espalier ${command} `, 'm'));
  for (const other of commands.filter((name) => name !== command)) expect(help).not.toMatch(new RegExp(`^  espalier ${other} `, 'm'));
  expect(help).toMatch(new RegExp(`^ {6}Example: .*espalier ${command} `, 'm'));
  if (command !== 'open') expect(parseCommand([command, '--help'])).toEqual({ type: 'help', command });
});

it('each command shows its own options, and no other', () => {
  const shown = (command: string) => helpOf(command).split('\n').flatMap((line) => /^ {2}(--?[\w-]+)/.exec(line)?.[1] ?? []);
  expect(shown('match')).toEqual(['--tree', '--python', '--report', '--accept-unread', '--no-limits', '--help']);
  expect(shown('fix')).toContain('--write');
  expect(shown('check')).toEqual(expect.arrayContaining(['--format', '--max-warnings', '--summary']));
  for (const command of commands) expect(helpOf(command)).not.toMatch(new RegExp(` of (?:${commands.join('|')}): `));
});

it('every option that a usage names has a line of its own', () => {
  const named = new Set(helpText.split('\n').flatMap((line) => (/^ {2}espalier |^ {10,}\[/.test(line) ? (line.match(/--?[a-z][\w-]*/g) ?? []) : [])));
  const explained = new Set(helpText.split('\n').flatMap((line) => (/^ {2}-/.test(line) ? (line.match(/--?[a-z][\w-]*/g) ?? []) : [])));
  expect([...named].filter((option) => !explained.has(option))).toEqual([]);
});

it('open shows its own options, and `help COMMAND` is `COMMAND --help`', () => {
  expect(helpOf('open').split('\n').filter((line) => line.startsWith('  --')).map((line) => line.trim().split(' ')[0])).toEqual([
    '--mode', '--algorithm', '--teacher', '--set', '--port', '--no-open', '--help,',
  ]);
  expect(parseCommand(['help', 'check'])).toEqual({ type: 'help', command: 'check' });
  expect(parseCommand(['help'])).toEqual({ type: 'help', command: null });
});

it('docs/commands.md is the same text', async () => {
  const page = `# Commands\n\nThe text of \`espalier --help\`. \`espalier COMMAND --help\` shows one command.\n\n\`\`\`\n${helpText}\n\`\`\`\n`;
  await expect(page).toMatchFileSnapshot('../../docs/commands.md');
});
