import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, lstatSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noFile, readRevision, writeAtomically } from './write-atomically.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'espalier-write-'));
  path = join(folder, 'list.json');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const bytes = (text: string) => Buffer.from(text);
const revision = async () => (await readRevision(path))?.revision ?? noFile;

it('makes a new file, replaces it, and refuses a revision that is gone', async () => {
  expect(await revision()).toBe(noFile);
  const first = await writeAtomically(path, bytes('one'), noFile);
  expect(first).toEqual({ type: 'written', revision: await revision() });
  expect(await writeAtomically(path, bytes('two'), noFile)).toEqual({ type: 'changed' });
  expect(readFileSync(path, 'utf8')).toBe('one');
  expect(await writeAtomically(path, bytes('two'), await revision())).toMatchObject({ type: 'written' });
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(readdirSync(folder)).toEqual(['list.json']);
});

it('a link whose file does not exist yet stays a link, and a folder that is gone is named', async () => {
  symlinkSync('new.json', path);
  expect(await writeAtomically(path, bytes('one'), noFile)).toMatchObject({ type: 'written' });
  expect([lstatSync(path).isSymbolicLink(), readFileSync(join(folder, 'new.json'), 'utf8')]).toEqual([true, 'one']);
  await expect(writeAtomically(join(folder, 'gone/list.json'), bytes('one'), noFile)).rejects.toThrow('list.json is gone. Make it again');
});

it('of many writers at once each works on what the one before has left', async () => {
  writeFileSync(path, '0');
  const addOne = async (): Promise<void> => {
    for (;;) {
      const before = (await readRevision(path))!;
      const next = String(Number(Buffer.from(before.bytes).toString()) + 1);
      if ((await writeAtomically(path, bytes(next), before.revision)).type === 'written') return;
    }
  };
  await Promise.all(Array.from({ length: 12 }, addOne));
  expect(readFileSync(path, 'utf8')).toBe('12');
  expect(readdirSync(folder)).toEqual(['list.json']);
});

it('keeps the permissions, and a link as a link', async () => {
  writeFileSync(path, 'old');
  chmodSync(path, 0o754);
  symlinkSync(path, join(folder, 'link'));
  expect(await writeAtomically(join(folder, 'link'), bytes('new'), await revision())).toMatchObject({ type: 'written' });
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777, lstatSync(join(folder, 'link')).isSymbolicLink()]).toEqual(['new', 0o754, true]);
});

it('does not wait for what a program left behind that was ended long ago', async () => {
  writeFileSync(path, 'old');
  const beside = join(folder, '.list.json.espalier');
  writeFileSync(beside, 'ne');
  utimesSync(beside, 1, 1);
  expect(await writeAtomically(path, bytes('new'), await revision())).toMatchObject({ type: 'written' });
  expect([readFileSync(path, 'utf8'), existsSync(beside)]).toEqual(['new', false]);
});

it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('says what is read-only, and what to do', async () => {
  writeFileSync(path, 'old');
  const expected = await revision();
  chmodSync(path, 0o444);
  await expect(writeAtomically(path, bytes('new'), expected)).rejects.toThrow(`${path} is read-only. Allow yourself to write to it`);
  chmodSync(path, 0o644);
  chmodSync(folder, 0o500);
  await expect(writeAtomically(path, bytes('new'), expected)).rejects.toThrow(`The folder of ${path} is read-only`);
  expect(readFileSync(path, 'utf8')).toBe('old');
});
