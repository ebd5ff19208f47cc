/** A tensor under its full name, as files of weights list them. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[] | null;
  /** torch's name; null when the source does not say. */
  readonly dtype: string | null;
  /** Full name of the first tensor that is the same memory. */
  readonly tiedTo?: string;
  /** `requires_grad` is False, where the source says so. */
  readonly isFrozen?: true;
}
