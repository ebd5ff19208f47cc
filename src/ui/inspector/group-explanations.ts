import type { TargetMask } from '../../core/masks/predict-masks.ts';
import type { ModuleExplanation } from '../../core/resolve/explain.ts';
import type { TargetOutcome } from '../../core/resolve/resolution.ts';

/** Modules to which the same happens for the same reasons. */
export interface ExplanationGroup {
  /** In the order of the focus; never empty. */
  readonly members: readonly ModuleExplanation[];
  /** The type of all members; `null` when they differ or it is unknown. */
  readonly moduleType: string | null;
}

/**
 * Groups modules with equal results: the same sub-configs in the same role, the same settings from the same places.
 * Shapes and the matching entries may differ. Types may differ, too, for modules that no sub-config touches.
 */
export function groupExplanations(explanations: readonly ModuleExplanation[]): readonly ExplanationGroup[] {
  const keyOfTargets = createKeyCache((targets: readonly TargetOutcome[]) =>
    JSON.stringify(targets.map((target) => ({ ...target, shape: null }))),
  );
  const keyOfRest = createKeyCache((value: object) => JSON.stringify(value));
  const groups = new Map<string, ModuleExplanation[]>();
  for (const explanation of explanations) {
    const { moduleType, subConfigs, targets, failures, dropped, fusedInto } = explanation;
    const roles = subConfigs.map(({ reason }) => reason.type).join();
    const touched = targets.length > 0 || failures.length > 0;
    const key = [touched ? moduleType : null, fusedInto !== null, roles, keyOfTargets(targets), keyOfRest(failures), keyOfRest(dropped)];
    const text = JSON.stringify(key);
    const group = groups.get(text);
    if (group) group.push(explanation);
    else groups.set(text, [explanation]);
  }
  return [...groups.values()].map((members) => {
    const { moduleType } = members[0]!;
    return { members, moduleType: members.every((member) => member.moduleType === moduleType) ? moduleType : null };
  });
}

/** Modules with one outcome share its parts: each part is written once, and named by a number from then on. */
function createKeyCache<Part extends object>(write: (part: Part) => string): (part: Part) => number {
  const numbers = new Map<string, number>();
  const known = new WeakMap<Part, number>();
  return (part) => {
    const before = known.get(part);
    if (before !== undefined) return before;
    const text = write(part);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    known.set(part, number);
    return number;
  };
}

/** The shape of a target when all members agree in it; `null` when they differ or it is unknown. */
export function commonShape(group: ExplanationGroup, targetIndex: number): readonly number[] | null {
  const first = group.members[0]?.targets[targetIndex]?.shape ?? null;
  const text = JSON.stringify(first);
  return group.members.every(({ targets }) => JSON.stringify(targets[targetIndex]?.shape ?? null) === text) ? first : null;
}

/** The predicted mask of a target, summed over all members; `null` where one member's mask is not known. */
export function sumMasks(
  group: ExplanationGroup,
  target: string,
  masks: ReadonlyMap<number, ReadonlyMap<string, TargetMask>>,
): TargetMask | null {
  let masked: number | null = 0;
  let total = 0;
  for (const { module } of group.members) {
    const mask = masks.get(module)?.get(target);
    if (!mask) return null;
    masked = masked === null || mask.masked === null ? null : masked + mask.masked;
    total += mask.total;
  }
  return { masked, total };
}
