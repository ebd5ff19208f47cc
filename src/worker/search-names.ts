import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { nameAt } from '../core/module-tree/packed-names.ts';
import { searchTree } from '../core/module-tree/search.ts';
import { sweepAsPython } from '../core/python-re/sweep-pattern.ts';
import type { EngineCalls } from './protocol.ts';

type Search = EngineCalls['search'];
type Complete = EngineCalls['complete'];

/** Modules that a search finds: by a part of a name or type, or by a pattern as one of Python's functions takes it. */
export function searchNames(tree: ModuleTree, request: Search['request']): Search['reply'] {
  const { text, by = 'text', python = '3.11' } = request;
  const type = request.type === null ? null : tree.types.indexOf(request.type);
  if (by === 'text' || text === '') {
    const matches = searchTree(tree, { text, typeIds: type === null ? null : [type] });
    return { matches, invalid: null, slowSeconds: null };
  }
  const swept = sweepAsPython(text, python, tree.names, by);
  if (swept.type === 'invalid') return { matches: new Uint32Array(), invalid: swept.error, slowSeconds: null };
  const matches = new Uint32Array(swept.count);
  let count = 0;
  for (let module = 0; module < tree.size; module++) {
    if (swept.mask[module] === 1 && (type === null || tree.typeId[module] === type)) matches[count++] = module;
  }
  return { matches: matches.slice(0, count), invalid: null, slowSeconds: swept.slowSeconds };
}

/** Modules whose name holds a text, names that start with it first. */
export function completeName(tree: ModuleTree, { text, most }: Complete['request']): Complete['reply'] {
  const found = searchTree(tree, { text });
  const first: number[] = [];
  const later: number[] = [];
  for (const module of found) {
    const name = nameAt(tree.names, module);
    if (name.startsWith(text)) first.push(module);
    else if (later.length < most && name.includes(text)) later.push(module);
    if (first.length >= most) break;
  }
  return { modules: [...first, ...later].slice(0, most) };
}
