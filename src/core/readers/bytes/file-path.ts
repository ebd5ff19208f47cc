/** The folder of a path, without the last separator; empty where there is none. */
export function folderOf(path: string): string {
  return /^(.*)[/\\][^/\\]*$/.exec(path)?.[1] ?? '';
}

/** The last part of a path: a file's name, or a folder's. */
export function baseOf(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}

/** A file's name without folders and without the endings of the formats that are read. */
export function modelNameOf(fileName: string): string {
  const base = baseOf(fileName);
  // The list of a distributed checkpoint is called that in every folder.
  if (base === '.metadata') return 'checkpoint';
  const bare = base.replace(/(?:\.(?:gz|json|txt|log|repr|ipynb|safetensors|index|bin|pt|pt2|pth|tar|pkl|ckpt|onnx))+$/i, '');
  return bare === '' ? base : bare;
}
