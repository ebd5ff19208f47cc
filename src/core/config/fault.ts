import type { RaisedError } from '../python/raised-error.ts';
import type { KeyPath } from './value.ts';

/** A value of the wrong kind, with the rule and the value in words. */
export interface WrongValue {
  readonly key: string;
  readonly expected: string;
  readonly value: string;
}

/** The values of faults of a sub-config that need no model (rules V1–V9), by code. */
export interface FaultValues {
  readonly 'not-a-dict': { readonly value: string };
  readonly 'missing-selector': { readonly key: string; readonly expected: string };
  readonly 'missing-key': { readonly key: string; readonly expected: string };
  /** `target_settings: {}`. */
  readonly 'empty-dict': { readonly key: string };
  readonly 'unknown-key': { readonly key: string };
  readonly 'wrong-value': WrongValue;
  /** `other` came first; both are paths with dots. */
  readonly 'exclusive-keys': { readonly key: string; readonly other: string; readonly place: string };
}

export type FaultCode = keyof FaultValues;

/** A code with its payload. */
export type FaultFact = { readonly [Code in FaultCode]: { readonly code: Code; readonly values: FaultValues[Code] } }[FaultCode];

/** One way in which a sub-config violates NNI's schema. */
export type Fault = FaultFact & {
  /** V1 … V5. */
  readonly rule: string;
  /** Inside the sub-config; for a missing key the dict that lacks it, with the key. */
  readonly path: KeyPath;
  /** The error that NNI raises when this is the first fault it meets. */
  readonly error: RaisedError;
};
