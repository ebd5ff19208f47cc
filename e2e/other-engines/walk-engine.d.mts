/** A browser that is driven: the walk itself uses these; the steps use more. */
export interface DrivenPage {
  readonly version: string;
  run(source: string, ...args: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

export interface Engine<Server extends { stop(): Promise<void> }> {
  readonly name: string;
  start(): Promise<DrivenPage>;
  serve(): Promise<Server>;
  readonly steps: readonly (readonly [title: string, walk: (page: DrivenPage, server: Server) => Promise<string | null | void>])[];
  tidyUp(page: DrivenPage): Promise<void>;
  say(line: string): void;
}

/**
 * Takes all steps in a new browser, and once more from the start in another one if the driver does not answer. An assertion that
 * failed before that is a failure, and a second fault of the driver is one too. A step that cannot be taken on this machine returns
 * the reason. `say` prints a line.
 */
export function walkEngine<Server extends { stop(): Promise<void> }>(engine: Engine<Server>): Promise<{ passed: number; failed: number; version: string | null }>;
