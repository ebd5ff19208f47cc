import { parseSettings, readArguments, refuseStrangers, UnusableInput } from '../command-line.ts';
import { optionTypes } from '../option-table.ts';

/** The options of `espalier open`. Paths are as they were given. */
export interface OpenOptions {
  readonly model: string | null;
  readonly config: string | null;
  readonly teacher: string | null;
  readonly mode: string | null;
  readonly algorithm: string | null;
  /** The first port that is tried. */
  readonly port: number | null;
  /** Start the browser. */
  readonly browser: boolean;
  /** Python literals for the values that a script leaves open, by the expression. */
  readonly set: ReadonlyMap<string, string>;
}

/** Reads the arguments after `open`; `null` when help is asked for. Throws `UnusableInput`. */
export function parseOpen(args: readonly string[]): OpenOptions | null {
  const { values, positionals } = parse(args);
  if (values.help === true || values.version === true) return null;
  const [model = null, config = null, other] = positionals;
  if (other !== undefined) throw new UnusableInput(`open takes a model and a config file; ${other} is a third.`);
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_536)) throw new UnusableInput(`--port ${values.port} is no port: use 1 to 65535.`);
  return {
    model,
    config,
    teacher: values.teacher ?? null,
    mode: values.mode ?? null,
    algorithm: values.algorithm ?? null,
    port,
    browser: values['no-open'] !== true,
    set: parseSettings(values.set ?? []),
  };
}

function parse(args: readonly string[]) {
  const read = readArguments({ args: [...args], allowPositionals: true, options: optionTypes });
  refuseStrangers('open', read.values);
  return read;
}
