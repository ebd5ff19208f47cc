import { listFirst, type TreeNote } from '../../module-tree/tree-note.ts';
import type { NamedTensor } from './named-tensor.ts';

/** A list of tensors in which the parts of packed tensors are put together. */
export interface PackedTensors {
  readonly tensors: readonly NamedTensor[];
  readonly notes: readonly TreeNote[];
}

/** Parts of a tensor subclass whose own name is no key: quanto's `weight._data`, torchao's `weight:qdata`. */
const partEnd = /(?:\._(?:data|scale|shift|zeropoint|packed|qdata)|:_?\w{1,40})$/;
const longestPart = 45;

/** Last labels of tensors in which quantized layers keep a weight: GPTQ, AWQ, HQQ, compressed-tensors, torchao. */
const packedName = /^(?:qweight|W_q|weight_packed|_?weight_qdata|_packed_params\w*|B|packed_weight|int_weight)$/;
/** Next to one of them, the layer's scales; `B` is also a name that people choose. */
const scaleName = /^(?:scales?|qzeros|zeros?|s|weight_scale|_?weight_scale|g_idx|scales_and_zeros|weight_shape)$/;

const mostNamed = 3;

/**
 * Puts parts of packed tensors together (rule T29). torch refuses one name for a parameter and a child, so a key below
 * a key that is itself a tensor is a part of it (bitsandbytes: `fc.weight.absmax`). The shape of the packed weight is not
 * the shape of the weight: it is unknown then.
 */
export function packTensors(tensors: readonly NamedTensor[]): PackedTensors {
  const names = new Set(tensors.map(({ name }) => name));
  const partsOf = new Map<string, number>();
  const kept: NamedTensor[] = [];
  for (const tensor of tensors) {
    const whole = wholeOf(tensor.name, names);
    if (whole === null) kept.push(tensor);
    else {
      // The tensor takes the place of its first part, if it has no key of its own.
      if (!names.has(whole) && !partsOf.has(whole)) kept.push({ name: whole, shape: null, dtype: null });
      partsOf.set(whole, (partsOf.get(whole) ?? 0) + 1);
    }
  }
  const packed = new Set(partsOf.keys());
  for (const module of layersWithPackedWeights(kept)) packed.add(module);
  if (packed.size === 0) return { tensors, notes: [] };
  const shown = kept.map((tensor) => (partsOf.has(tensor.name) ? { ...tensor, shape: null, dtype: null } : tensor));
  return { tensors: shown, notes: [{ type: 'packed-weights', names: listFirst([...packed], mostNamed) }] };
}

/** The tensor that a key is a part of: the shortest name before a dot that is a key, too. */
function wholeOf(name: string, names: ReadonlySet<string>): string | null {
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const before = name.slice(0, dot);
    if (names.has(before)) return before;
  }
  const end = partEnd.exec(name.slice(-longestPart))?.[0];
  if (end === undefined) return null;
  const before = name.slice(0, -end.length);
  return /weight|bias|embedding/.test(before.slice(before.lastIndexOf('.') + 1).slice(-longestPart)) ? before : null;
}

/** The packed weights that are keys of their own, of layers that also have scales. */
function layersWithPackedWeights(tensors: readonly NamedTensor[]): readonly string[] {
  const withScales = new Set<string>();
  for (const { name } of tensors) {
    const dot = name.lastIndexOf('.');
    if (scaleName.test(name.slice(dot + 1))) withScales.add(name.slice(0, Math.max(0, dot)));
  }
  return tensors
    .map(({ name }) => name)
    .filter((name) => {
      const dot = name.lastIndexOf('.');
      return packedName.test(name.slice(dot + 1)) && withScales.has(name.slice(0, Math.max(0, dot)));
    });
}
