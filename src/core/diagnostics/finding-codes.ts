/** Codes of what NNI raises, by the rules of SPEC.md that they come from. */
export type ProblemCode =
  // L
  | 'legacy-failed'
  // V
  | 'not-a-list'
  | 'not-a-dict'
  | 'missing-selector'
  | 'missing-key'
  /** `target_settings: {}`. */
  | 'empty-dict'
  | 'unknown-key'
  | 'wrong-value'
  | 'exclusive-keys'
  // S
  | 'bad-pattern'
  | 'unknown-module'
  // C
  | 'unregistered-type'
  | 'unknown-target'
  // R
  | 'scripted-module'
  | 'missing-parameter'
  | 'parameter-not-distillable'
  | 'bad-quant-dtype'
  | 'fuse-length'
  | 'fuse-unknown-module'
  | 'fuse-head-type'
  | 'fuse-without-output'
  | 'fuse-head-not-selected'
  | 'fuse-part-selected'
  | 'fuse-part-shared'
  | 'fuse-head-twice'
  /** The root in a fusion: its name is empty, and NNI cannot look it up. */
  | 'fuse-root'
  | 'wrapped-twice'
  /** The model is one that a compressor has wrapped. */
  | 'already-wrapped'
  | 'granularity-kind'
  | 'granularity-malformed'
  | 'registration-failed';

/** Codes of findings that come from no problem and no observation. */
export type OwnCode =
  | 'ratio-above-1'
  | 'ratio-below-0'
  | 'cut-number'
  | 'assertion-count'
  | 'assertion-modules'
  | 'assertion-not-decided'
  | 'takes-containers'
  | 'input-not-met'
  | 'mask-failure'
  | 'lambda-int'
  | 'distilled-input'
  | 'link-missing'
  | 'link-shared'
  | 'fusion-unsupported'
  | 'fusion-weight'
  | 'fusion-channels'
  | 'empty-quantized';

/** Codes of what NNI does without a word; each is the type of an observation (`resolve/resolution.ts`). */
export type ObservationCode =
  | 'lost-targets'
  | 'dropped-target-setting'
  | 'shorthand-unused'
  | 'entry-without-hit'
  | 'entry-without-effect'
  | 'slow-pattern'
  | 'selects-nothing'
  | 'wins-nothing'
  | 'empty-parameter'
  | 'tied-parameter'
  | 'not-checked';

export type FindingCode = ProblemCode | ObservationCode | OwnCode;
