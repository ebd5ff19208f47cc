import type { TargetShape } from '../../core/graph/call-shapes.ts';
import type { MetTarget, ModuleRun } from '../../core/graph/module-run.ts';
import { formatLarge, formatShape } from '../shared/format.ts';

/** `1 × 64 × 56 × 56`, or why there is no shape. */
export function wordTargetShape(shape: TargetShape): string {
  switch (shape.type) {
    case 'shape':
      return formatShape(shape.shape);
    case 'differs':
      return `differs from call to call: ${shape.shapes.slice(0, 3).map(formatShape).join(', ')}${shape.shapes.length > 3 ? ' …' : ''}`;
    case 'not-a-tensor':
      return `no tensor: ${shape.kind}`;
    case 'absent':
      return 'in no call';
    case 'never-called':
      return 'never called';
    case 'unknown':
      return 'not known';
  }
}

/** `_input_0 (hidden_states)`. */
export function wordTarget({ target, argument }: MetTarget): string {
  return argument === null ? target : `${target} (${argument})`;
}

/** `Called twice, 115.6 M multiply-adds: 6.4 % of the model`. */
export function wordRun({ calls, macs, modelMacs }: ModuleRun): string {
  if (calls === 0) return 'The model never calls this module.';
  const times = calls === 1 ? 'Called once' : calls === 2 ? 'Called twice' : `Called ${calls} times`;
  if (macs === 0) return times;
  const share = modelMacs === 0 ? 0 : (macs / modelMacs) * 100;
  return `${times} · ${formatLarge(macs)} multiply-adds, ${share >= 10 ? Math.round(share) : share.toPrecision(2)} % of the model`;
}
