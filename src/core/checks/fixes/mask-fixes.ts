import { floatOf, getKey, isConfigList, isConfigNumber, isConfigObject, numberOf, objectOf, type ConfigObject, type KeyPath } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { setTargetNames } from './target-fixes.ts';
import type { Outcome, Resolution } from '../../resolve/resolution.ts';
import type { Resolver } from '../../resolve/resolver.ts';

/** Edits that settle a failure of the pruner, where one edit can (rules X1, X3). */
export function maskFixes(
  { target, rule }: { readonly target: string; readonly rule: string },
  outcome: Outcome | undefined,
  resolution: Resolution,
  resolver: Resolver,
): readonly Fix[] {
  const { effective } = resolution;
  const failed = outcome?.targets.find((candidate) => candidate.target === target);
  if (!failed) return [];
  const { subConfig, setting, provenance } = failed;
  if (rule === 'X1') {
    const step = provenance.find(({ key }) => key === 'granularity')?.chain.findLast(({ path }) => path.length > 0);
    const isSet = step?.source === 'shorthand' || step?.source === 'target-setting';
    return isSet && step.subConfig !== null ? [removeKey(step.subConfig, step.path, 'granularity')] : [];
  }
  const align = getKey(setting, 'align');
  if (rule !== 'X3' || !isConfigObject(align)) return [];
  const source = getKey(align, 'target_name');
  const names = getKey(effective[subConfig]!, 'target_names');
  const missing = missingSource(setting, resolution, resolver);
  if (missing !== null) return [pruneSource(missing, align, effective.length)];
  if (getKey(align, 'module_name') !== null || typeof source !== 'string' || !isConfigList(names)) return [];
  if (names.includes(source)) return [];
  return [fix('add-target-name', { target: source }, setTargetNames(subConfig, [source, ...names]))];
}

/** A target of another module. */
export interface AlignSource {
  readonly module: string;
  readonly target: string;
}

/** The target of another module that a target follows, where the list gives that module no mask; else `null` (rule X3a). */
export function missingSource(setting: ConfigObject, resolution: Resolution, resolver: Resolver): AlignSource | null {
  const align = getKey(setting, 'align');
  const [module, target] = align !== undefined && isConfigObject(align) ? [getKey(align, 'module_name'), getKey(align, 'target_name')] : [];
  if (typeof module !== 'string' || typeof target !== 'string') return null;
  const index = resolver.indexOf(module);
  if (index === undefined || (resolution.outcomes[resolution.outcomeId[index]!]?.targets.length ?? 0) > 0) return null;
  return { module, target };
}

const usualRatio = 0.5;

/** A sub-config that prunes the target in whole slices along the dimension that is followed. The ratio is the user's to change: nothing makes this fix by itself. */
export function pruneSource({ module, target }: AlignSource, align: ConfigObject, at: number): Fix {
  const dims = getKey(align, 'dims');
  const [dim, ...others] = dims !== undefined && isConfigList(dims) ? dims.map((each) => (isConfigNumber(each) ? numberOf(each) : -1)) : [];
  const granularity = others.length > 0 ? undefined : dim === 0 ? 'out_channel' : dim === 1 ? 'in_channel' : undefined;
  const value = objectOf([
    ['op_names', [module]],
    ['target_names', [target]],
    ['sparse_ratio', floatOf(usualRatio)],
    ...(granularity === undefined ? [] : [['granularity', granularity] as const]),
  ]);
  return fix('prune-source', { target: `${module}.${target}`, ratio: `${usualRatio * 100} %` }, { type: 'set', path: [at], value });
}

function removeKey(subConfig: number, path: KeyPath, key: string): Fix {
  return fix('remove-key', { key }, { type: 'remove', path: [subConfig, ...path] });
}
