/** The exception that Python would raise. */
export interface RaisedError {
  /** e.g. `KeyError`, `AssertionError`, `re.error`, `SchemaError`. */
  readonly type: string;
  readonly message: string;
}
