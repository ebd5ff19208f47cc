import type { SelectorKey } from '../../config/selector-keys.ts';
import { createTemplateRegistry } from '../../config/setting-templates.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { ownTensor } from '../../module-tree/own-tensors.ts';
import { hasChildren, moduleName, moduleSpec, moduleType } from '../../module-tree/tree-index.ts';
import { escapePattern } from '../../python-re/escape.ts';
import type { FindingInput } from '../finding-context.ts';
import { nearestModule } from '../near-names.ts';
import { nearestText } from '../../text/near-text.ts';
import { layerTypes } from './registered-types.ts';
import { respellPath } from './respell-path.ts';

/** The likely intention behind a selector entry that matches nothing (rule F9). */
export type Meant =
  | { readonly as: 'name'; readonly value: string }
  /** The last labels of names: NNI matches from the start, so a pattern has to begin with `.*`. */
  | { readonly as: 'suffix'; readonly labels: string; readonly count: number }
  | { readonly as: 'pattern'; readonly value: string; readonly count: number }
  | { readonly as: 'types'; readonly values: readonly string[] }
  /** The modules inside of a container, which has no setting template itself. */
  | { readonly as: 'inside'; readonly name: string };

type MeantInput = Pick<FindingInput, 'resolution' | 'resolver' | 'tree' | 'templates' | 'python'>;

/** `null` where no meaning is plain. */
export function meantEntry(key: SelectorKey, value: string, input: MeantInput): Meant | null {
  if (key.endsWith('_re')) return meantPattern(value, input);
  return key.endsWith('types') ? meantType(value, input) : meantName(value, input);
}

function meantName(value: string, input: MeantInput): Meant | null {
  const { tree, resolver } = input;
  const name = withoutBrackets(value);
  if (name !== value && resolver.indexOf(name) !== undefined) return { as: 'name', value: name };
  if (isMarkedPattern(value)) return firstHit([withoutMark(value)], input);
  const near = nearestModule(name, tree, resolver.indexOf) ?? moduleOfTensor(name, input);
  if (near !== null && near !== '') return isContainer(near, input) ? { as: 'inside', name: near } : { as: 'name', value: near };
  if (tree.types.includes(value) && value !== '') return { as: 'types', values: [value] };
  if (isGlob(value)) return firstHit([...globPatterns(value), value, ...respelledGlob(value, tree)], input);
  if (/[\\^$()|[\]+*]/.test(value)) return firstHit([value, ...unanchored(value)], input);
  const suffix = suffixOf(name, tree);
  return suffix ?? (isPlain(name) ? firstHit([`.*${escapePattern(name)}`], input) : null);
}

function meantPattern(value: string, input: MeantInput): Meant | null {
  const bare = withoutMark(value);
  const dotted = withoutBrackets(bare);
  return firstHit(
    [
      ...(bare === value ? [] : [bare]),
      ...(dotted === bare ? [] : [escapePattern(dotted)]),
      ...withoutWrapper(bare),
      ...withoutTensor(bare),
      ...(isGlob(bare) ? globPatterns(bare) : []),
      ...unanchored(bare),
      ...respelledPattern(bare, input.tree),
      ...(bare.includes('\\\\') ? [bare.replaceAll('\\\\', '\\')] : []),
      ...(bare.startsWith('(?') ? [] : [`(?i)${bare}`]),
    ],
    input,
  );
}

function meantType(value: string, input: MeantInput): Meant | null {
  const { tree, resolver } = input;
  if (value === 'default') {
    const values = layerTypes(input, (module) => ownTensor(moduleSpec(tree, module), 'weight') !== undefined);
    return values.length === 0 ? null : { as: 'types', values };
  }
  const bare = value.replace(/^<class '(.*)'>$/, '$1').split('.').at(-1) ?? '';
  const known = tree.types.filter((type) => type !== '');
  const exact = known.find((type) => type === bare && type !== value) ?? nearestText(bare, known);
  if (exact !== null) return { as: 'types', values: [exact] };
  const longer = known.filter((type) => bare.length > 2 && type.toLowerCase().startsWith(bare.toLowerCase()));
  if (longer.length === 1) return { as: 'types', values: longer };
  return value !== '' && resolver.indexOf(value) !== undefined ? { as: 'name', value } : null;
}

/** The first pattern that matches a module and would not hang. */
function firstHit(patterns: readonly string[], { resolver, python }: MeantInput): Meant | null {
  for (const value of patterns) {
    const swept = resolver.sweep(value, python);
    if (swept.type === 'matched' && swept.count > 0 && swept.slowSeconds === null) return { as: 'pattern', value, count: swept.count };
  }
  return null;
}

/** `layers[0].fc` and `layers['0'].fc` are `layers.0.fc`; `self.` and `model.` in front are how Python reaches it. */
function withoutBrackets(text: string): string {
  return text.replaceAll(/\[(?:(\d+)|'([^']*)'|"([^"]*)")\]/g, (_, ...parts: readonly unknown[]) => `.${parts.slice(0, 3).find((part) => typeof part === 'string') as string}`).replace(/^self\./, '');
}

/** Other tools mark a pattern by a word in front. */
function isMarkedPattern(value: string): boolean {
  return /^(?:re|regex):/.test(value);
}

function withoutMark(value: string): string {
  return value.replace(/^(?:re|regex):\s*/, '');
}

/** Letters and dots with `*` or `?` of a shell; `.*` could be one of Python as well. */
function isGlob(value: string): boolean {
  return /[*?]/.test(value) && /^[\w.*?-]+$/.test(value) && !/\.[*?]\w/.test(value);
}

function globPattern(value: string): string {
  const pattern = value.replaceAll(/\*+|[^*]/g, (part) => (part.startsWith('*') ? '.*' : part === '?' ? '.' : escapePattern(part)));
  return pattern.endsWith('.*') ? pattern : `${pattern}$`;
}

/** From the start, below a label that wraps the model now, and anywhere. */
function globPatterns(value: string): readonly string[] {
  const pattern = globPattern(value);
  return [pattern, String.raw`.*\.` + pattern, `.*${pattern}`];
}

function respelledGlob(value: string, tree: ModuleTree): readonly string[] {
  const meant = respellPath(value, 'glob', tree);
  return meant === null ? [] : globPatterns(meant);
}

function respelledPattern(pattern: string, tree: ModuleTree): readonly string[] {
  const meant = respellPath(pattern, 'pattern', tree);
  return meant === null ? [] : [meant];
}

/** Whether NNI has no template for the module itself, and there are modules inside. */
function isContainer(name: string, { resolver, resolution, tree, templates }: MeantInput): boolean {
  const module = resolver.indexOf(name);
  const type = module === undefined ? null : moduleType(tree, module);
  return module !== undefined && hasChildren(tree, module) && type !== null && createTemplateRegistry(resolution.mode, templates)(type) === null;
}

/** The pattern anywhere in a name: NNI matches from the start. */
function unanchored(pattern: string): readonly string[] {
  const inner = pattern.replace(/^\^/, '').replace(/^\.(?=\w)/, String.raw`\.`);
  const anywhere = `.*${/(?<!\\)\|/.test(inner) && !/^\(.*\)$/.test(inner) ? `(?:${inner})` : inner}`;
  const open = anywhere.replace(/\$$/, '');
  return open === anywhere ? [anywhere] : [anywhere, open];
}

function withoutWrapper(pattern: string): readonly string[] {
  const inner = pattern.replace(/^\^?(?:(?:module|model|_orig_mod)\\?\.)+/, '');
  return inner === pattern || inner === '' ? [] : [inner];
}

/** A pattern for names of parameters, as one for their modules. */
function withoutTensor(pattern: string): readonly string[] {
  const inner = pattern.replace(/\\?\.(?:weight|bias|\(weight\|bias\)|\(bias\|weight\))\$?$/, '');
  return inner === pattern || inner === '' ? [] : [`${inner}$`, `${unanchored(inner)[0]!}$`];
}

function isPlain(name: string): boolean {
  return /^[\w.-]{2,}$/.test(name);
}

/** The module of a parameter or buffer. */
function moduleOfTensor(name: string, { tree, resolver }: Pick<MeantInput, 'tree' | 'resolver'>): string | null {
  const dot = name.lastIndexOf('.');
  if (dot < 1) return null;
  const [owner, tensor] = [name.slice(0, dot), name.slice(dot + 1)];
  // `fc.weight.weight`: a tensor has none of its own.
  if (/\.(?:weight|bias)$/.test(owner) && resolver.indexOf(owner) === undefined) return moduleOfTensor(owner, { tree, resolver });
  const exact = resolver.indexOf(owner);
  const near = exact === undefined ? nearestModule(owner, tree, resolver.indexOf) : owner;
  const index = near === null ? undefined : resolver.indexOf(near);
  if (near === null || index === undefined) return null;
  const isTensor = tensor === 'weight' || tensor === 'bias' || ownTensor(moduleSpec(tree, index), tensor) !== undefined;
  return isTensor ? near : null;
}

const rowsByLabel = new WeakMap<ModuleTree, ReadonlyMap<string, readonly string[]>>();

/** Names by their last label. */
function namesByLabel(tree: ModuleTree): ReadonlyMap<string, readonly string[]> {
  const known = rowsByLabel.get(tree);
  if (known) return known;
  const names = new Map<string, string[]>();
  for (let row = 1; row < tree.size; row++) {
    const name = moduleName(tree, row);
    const label = name.slice(name.lastIndexOf('.') + 1);
    const others = names.get(label);
    if (others) others.push(name);
    else names.set(label, [name]);
  }
  rowsByLabel.set(tree, names);
  return names;
}

/** Whether names of the model end in these labels. */
function suffixOf(labels: string, tree: ModuleTree): Meant | null {
  const last = labels.slice(labels.lastIndexOf('.') + 1);
  const ending = `.${labels.replace(/^\./, '')}`;
  const count = (namesByLabel(tree).get(last) ?? []).filter((name) => name.endsWith(ending)).length;
  return count === 0 ? null : { as: 'suffix', labels: labels.replace(/^\./, ''), count };
}
