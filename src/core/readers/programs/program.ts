import type { GraphConstant } from '../../module-tree/model-graph.ts';

/** A module that a node was recorded in: one entry for each module around it, the model itself left out. */
export interface RecordedCall {
  /** Distinguishes the calls of one module. */
  readonly key: string;
  readonly module: string;
  /** With the path, as `torch.nn.modules.conv.Conv2d`; null when the file does not say. */
  readonly className: string | null;
}

/** A value and its sizes. */
export interface ProgramValue {
  readonly name: string;
  readonly shape: readonly number[] | null;
}

/** An input of a node. */
export type ProgramItem =
  | { readonly type: 'value'; readonly name: string }
  | { readonly type: 'tensor'; readonly name: string }
  | { readonly type: 'constant'; readonly value: GraphConstant }
  | { readonly type: 'list'; readonly items: readonly ProgramItem[] };

/** A node of a recorded program, its operation and inputs as torch.jit.trace has them. */
export interface ProgramNode {
  readonly op: string;
  /** From the outermost module to the innermost. */
  readonly calls: readonly RecordedCall[];
  readonly items: readonly ProgramItem[];
  readonly outputs: readonly ProgramValue[];
  /** Whether the outputs are the items of one list, as with `chunk`. */
  readonly isList?: boolean;
}

/** A model's forward pass as an exporter recorded it. */
export interface Program {
  /** `torch.export 2.13.0`, `an ONNX file`. */
  readonly recordedBy: string;
  readonly torch: string;
  /** Class of the model itself; null when the file does not say. */
  readonly className: string | null;
  readonly inputs: readonly ProgramValue[];
  readonly nodes: readonly ProgramNode[];
  readonly outputs: readonly string[];
  /** Groups and channels of modules whose nodes do not say them. */
  readonly groups?: ReadonlyMap<string, readonly [number, number]>;
  /** Shapes of parameters and buffers, by full name. */
  readonly tensors: ReadonlyMap<string, readonly number[] | null>;
}
