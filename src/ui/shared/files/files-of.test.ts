import { describe, expect, test } from 'vitest';
import { wordLeftOut } from '../../plans/word-left-out.ts';
import { droppedFiles, handleOf, pickedFiles } from './files-of.ts';

/** A folder or file as a browser lists it; `null`: the browser cannot read it. */
type Listed = readonly [name: string, content: string | null | readonly Listed[]];

function entryOf([name, content]: Listed, above = ''): FileSystemEntry {
  const fullPath = `${above}/${name}`;
  const refuse = (_: unknown, reject: (error: unknown) => void) => reject(new DOMException('gone', 'NotFoundError'));
  if (Array.isArray(content)) {
    // As in browsers, a hundred at a time.
    const rest = content.map((child: Listed) => entryOf(child, fullPath));
    const readEntries = (resolve: (some: readonly FileSystemEntry[]) => void) => resolve(rest.splice(0, 100));
    return { name, fullPath, isFile: false, isDirectory: true, createReader: () => ({ readEntries }) } as unknown as FileSystemEntry;
  }
  if (content === null && name.endsWith('/')) {
    const folder = { name: name.slice(0, -1), fullPath: fullPath.slice(0, -1), isFile: false, isDirectory: true };
    return { ...folder, createReader: () => ({ readEntries: refuse }) } as unknown as FileSystemEntry;
  }
  const file = (resolve: (file: File) => void, reject: (error: unknown) => void) =>
    content === null ? refuse(null, reject) : resolve(new File([content as string], name));
  return { name, fullPath, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
}

function drop(listed: readonly Listed[], files: readonly File[] = []) {
  const items = listed.map((one) => ({ kind: 'file', webkitGetAsEntry: () => entryOf(one) }));
  return droppedFiles({ files, items });
}

describe('files of a drop', () => {
  test('keep the handle that a browser gives for one file', async () => {
    const item = (kind: string) => ({ kind: 'file', webkitGetAsEntry: () => entryOf(['a.json', '{}']), getAsFileSystemHandle: async () => ({ kind, name: 'a.json' }) });
    const handleAfter = async (...items: readonly object[]) => {
      const { files } = await droppedFiles({ files: [], items } as unknown as DataTransfer);
      return handleOf(files[0]!.file)?.name ?? null;
    };
    expect(await handleAfter(item('file'))).toBe('a.json');
    expect(await handleAfter(item('directory'))).toBeNull();
    expect(await handleAfter(item('file'), item('file'))).toBeNull();
    const refused = { ...item('file'), getAsFileSystemHandle: () => Promise.reject(new DOMException('no', 'NotAllowedError')) };
    expect(await handleAfter(refused)).toBeNull();
  });

  test('are those below a folder, but hidden ones', async () => {
    const { files, unread, cutAt } = await drop([['net', [['b.json', '{}'], ['a', [['c.bin', '']]], ['.git', [['x', '']]], ['.metadata', '']]]]);
    expect(files.map(({ path }) => path)).toEqual(['net/.metadata', 'net/b.json', 'net/a/c.bin']);
    expect([unread, cutAt]).toEqual([[], null]);
  });

  test('name files and folders that the browser cannot read', async () => {
    const dropped = await drop([['net', [['a.bin', null], ['b.json', '{}'], ['locked/', null]]]]);
    expect(dropped.files.map(({ path }) => path)).toEqual(['net/b.json']);
    expect(dropped.unread).toEqual(['net/a.bin', 'net/locked']);
    expect(wordLeftOut(dropped)).toBe(
      'The browser could not read net/a.bin, net/locked. Check that they still exist and that you may read them.',
    );
  });

  test('are taken from the list of files where the entry is not readable, as in WebKit', async () => {
    const { files, unread } = await drop([['a.bin', null]], [new File(['x'], 'a.bin')]);
    expect([files.map(({ path }) => path), unread]).toEqual([['a.bin'], []]);
  });

  test('end at 5,000, with the name of the first that is left out', async () => {
    const dropped = await drop([['net', Array.from({ length: 5002 }, (_, at): Listed => [`f${`${at}`.padStart(4, '0')}`, ''])]]);
    expect(dropped.files).toHaveLength(5000);
    expect(wordLeftOut(dropped)).toBe('net/f5000 and everything after it was left out: at most 5,000 files are opened at once.');
  });

  test('that all came need no words; of many unreadable ones five are named', async () => {
    expect(wordLeftOut(await drop([['a.bin', '']]))).toBe('');
    const many = await drop([['net', Array.from({ length: 8 }, (_, at): Listed => [`f${at}`, null])]]);
    expect(wordLeftOut(many)).toMatch(/^The browser could not read net\/f0, net\/f1, net\/f2, net\/f3, net\/f4 and 3 more\./);
  });
});

describe('files that were chosen', () => {
  const fileIn = (path: string): File =>
    Object.defineProperty(new File([''], path.split('/').at(-1)!), 'webkitRelativePath', { value: path.includes('/') ? path : '' });

  test('as a folder are those below it, but hidden ones, and one that is chosen singly may be hidden', () => {
    const { files } = pickedFiles(['net/.git/x', 'net/.metadata', 'net/a/c.bin', '.list.json'].map(fileIn));
    expect(files.map(({ path }) => path)).toEqual(['net/.metadata', 'net/a/c.bin', '.list.json']);
  });

  test('end at 5,000, with the name of the first that is left out', () => {
    const picked = pickedFiles(Array.from({ length: 5002 }, (_, at) => fileIn(`net/f${at}`)));
    expect(picked.files).toHaveLength(5000);
    expect(wordLeftOut(picked)).toBe('net/f5000 and everything after it was left out: at most 5,000 files are opened at once.');
  });
});
