import { decodeUtf8, type FilePort } from './file-port.ts';

/** Permissions of a handle; TypeScript does not know these parts yet. */
interface Permitted {
  readonly queryPermission?: (options: { readonly mode: 'read' }) => Promise<string>;
  readonly requestPermission?: (options: { readonly mode: 'readwrite' }) => Promise<string>;
}

/** A file that the browser holds a handle of. It is looked at again when the user comes back to the page. */
export function handleFile(handle: FileSystemFileHandle & Permitted): FilePort {
  const revisionOf = (file: File) => `${file.lastModified} ${file.size}`;
  const isReadable = async () => ((await handle.queryPermission?.({ mode: 'read' })) ?? 'granted') === 'granted';
  const askAccess = async () => ((await handle.requestPermission?.({ mode: 'readwrite' })) ?? 'granted') === 'granted';
  return {
    name: handle.name,
    writes: 'file',
    isReadable,
    askAccess,
    async read() {
      const file = await handle.getFile();
      return { text: decodeUtf8(await file.arrayBuffer()), revision: revisionOf(file) };
    },
    async write(text, revision) {
      try {
        if (!(await askAccess())) return { type: 'failed', reason: 'This browser was not allowed to write to it.' };
        if (revisionOf(await handle.getFile()) !== revision) return { type: 'changed' };
        // The browser writes next to the file, and puts the whole in its place when it is closed.
        const stream = await handle.createWritable();
        await stream.write(text);
        await stream.close();
        return { type: 'written', revision: revisionOf(await handle.getFile()) };
      } catch (error) {
        return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
      }
    },
    follow(changed) {
      const look = async () => {
        if (await isReadable()) changed();
      };
      addEventListener('focus', () => void look());
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') void look();
      });
    },
  };
}
