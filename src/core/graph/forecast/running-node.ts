import type { Shape } from './shape-clash.ts';
import type { TraceReader } from './trace-reader.ts';

/** Shapes of tensors after speedup, and groups of convolutions. */
export interface NewTensors {
  /** By full name; null where the shape is not known. */
  readonly shapeOf: (tensor: string) => Shape | null;
  /** Groups of the convolution that has the weight; null where it is as before. */
  readonly groupsOf: (weight: string) => number | null;
  /** The upscale factor of the `nn.PixelShuffle` that runs a node; null where it is as before. */
  readonly factorOf: (node: number) => number | null;
}

/** A node with at least one shape that differs from the trace. */
export interface RunningNode {
  readonly reader: TraceReader;
  readonly node: number;
  readonly op: string;
  readonly inputs: Int32Array;
  /** The shape of its first output in the trace. */
  readonly traced: Shape | null;
  readonly tensors: NewTensors;
  /** The shape of an input now. */
  readonly shapeOf: (item: number | undefined) => Shape | null;
  /** A number among the inputs now. */
  readonly numberOf: (item: number | undefined) => number | null;
  /** The items that a list was made of. */
  readonly items: (item: number | undefined) => readonly number[] | null;
}
