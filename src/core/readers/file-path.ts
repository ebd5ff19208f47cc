/** The folder of a path, without the last separator; empty where there is none. */
export function folderOf(path: string): string {
  return /^(.*)[/\\][^/\\]*$/.exec(path)?.[1] ?? '';
}

/** The last part of a path: a file's name, or a folder's. */
export function baseOf(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}
