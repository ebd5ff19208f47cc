import type { FaultValues } from '../config/fault.ts';

/** The modules that a problem is about: the first by name, and their number. */
export interface OfModules {
  readonly module: string;
  readonly count: number;
}

export interface OfModule {
  readonly module: string;
}

export interface OfFusion {
  readonly module: string;
  readonly head: string;
}

/** Values of the errors that registration raises on all modules of one spec (rules C, R), by code. */
export interface FailureValues {
  readonly 'unregistered-type': { readonly type: string };
  readonly 'scripted-module': { readonly type: string };
  /** `missing` is the key that NNI looks up: `_input_` for `_input_x`. */
  readonly 'unknown-target': { readonly target: string; readonly missing: string; readonly type: string };
  readonly 'missing-parameter': { readonly target: string; readonly type: string };
  readonly 'parameter-not-distillable': { readonly target: string; readonly type: string };
  readonly 'registration-failed': { readonly target: string; readonly type: string };
  readonly 'bad-quant-dtype': { readonly target: string; readonly type: string; readonly value: string };
  readonly 'granularity-kind': { readonly target: string; readonly type: string; readonly value: string };
  readonly 'granularity-malformed': { readonly target: string; readonly type: string; readonly value: string };
}

export type FailureCode = keyof FailureValues;

/** A failure as a problem has it: with the modules. */
export type FailureFact<Code extends FailureCode = FailureCode> = {
  readonly [Each in Code]: { readonly code: Each; readonly values: FailureValues[Each] & OfModules };
}[Code];

type FailuresOfModules = { readonly [Code in FailureCode]: FailureValues[Code] & OfModules };

/** Payloads of NNI's exceptions, by code; the rules of SPEC.md say when. */
export interface ProblemValues extends FaultValues, FailuresOfModules {
  // L, V
  readonly 'legacy-failed': { readonly key: string };
  readonly 'not-a-list': { readonly type: string };
  // S
  readonly 'bad-pattern': { readonly pattern: string; readonly message: string; readonly key: string };
  readonly 'unknown-module': OfModule;
  // R4; `fuse-root`: the root in a fusion, whose name is empty, so that NNI cannot look it up.
  readonly 'fuse-root': { readonly head: string };
  readonly 'fuse-length': { readonly count: number };
  readonly 'fuse-unknown-module': OfModule;
  readonly 'fuse-head-type': { readonly module: string; readonly type: string };
  readonly 'fuse-without-output': { readonly module: string; readonly type: string };
  readonly 'fuse-head-not-selected': OfModule;
  readonly 'fuse-part-selected': OfFusion;
  readonly 'fuse-part-shared': OfFusion;
  readonly 'fuse-head-twice': OfModule;
  // R5; `already-wrapped`: a compressor has wrapped the model before.
  readonly 'wrapped-twice': { readonly module: string; readonly other: string };
  readonly 'already-wrapped': OfModules;
}

export type ProblemCode = keyof ProblemValues;

/** A code of `Values` with its payload. */
export type FactOf<Values, Code extends keyof Values = keyof Values> = {
  readonly [Each in Code]: { readonly code: Each; readonly values: Values[Each] };
}[Code];
