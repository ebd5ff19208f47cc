import type { RunningNode } from './running-node.ts';
import { clash, type Shape } from './shape-clash.ts';

/** Whether only the channels differ from the trace. */
export function hasSamePositions({ reader, inputs }: RunningNode, first: Shape): boolean {
  const before = inputs[0]! < 0 ? null : reader.shapeOf(inputs[0]!);
  return before?.length === first.length && first.every((size, axis) => axis < 2 || size === before[axis]);
}

/** The output of a convolution whose input has other positions than in the trace; null where stride, padding or dilation are not numbers. */
function moved({ reader, inputs }: RunningNode, first: Shape, weight: Shape, channels: number): Shape | null {
  const listed = (place: number): readonly number[] | null => {
    const value = reader.constantOf(inputs[place]);
    return Array.isArray(value) && value.every((each) => typeof each === 'number') ? value : null;
  };
  const [strides, pads, dilations] = [listed(3), listed(4), listed(5)];
  if (strides === null || pads === null || dilations === null) return null;
  return first.map((size, axis) => {
    if (axis < 2) return axis === 0 ? size : channels;
    const at = axis - 2;
    return Math.floor((size + 2 * pads[at]! - dilations[at]! * (weight[axis]! - 1) - 1) / strides[at]!) + 1;
  });
}

/** The shape after a convolution; throws `ShapeClash` where the channels do not fit. */
export function convolve(run: RunningNode, first: Shape, traced: Shape): Shape | null {
  const { reader, inputs, tensors, shapeOf } = run;
  const weight = shapeOf(inputs[1]);
  if (weight === null) return null;
  const isFull = inputs.length > 8;
  const before = reader.constantOf(inputs[isFull ? 8 : 6]);
  const groups = tensors.groupsOf(reader.tensorOf(inputs[1])!) ?? (typeof before === 'number' ? before : 1);
  const isTransposed = isFull && reader.constantOf(inputs[6]) === true;
  const wanted = isTransposed ? weight[0]! : weight[1]! * groups;
  if (first[1] !== wanted) {
    clash(`Given groups=${groups}, weight of size [${weight.join(', ')}], expected input[${first.join(', ')}] to have ${wanted} channels, but got ${first[1]} channels instead`);
  }
  const channels = isTransposed ? weight[1]! * groups : weight[0]!;
  if (hasSamePositions(run, first)) return traced.map((size, axis) => (axis === 1 ? channels : axis === 0 ? first[0]! : size));
  return isTransposed ? null : moved(run, first, weight, channels);
}
