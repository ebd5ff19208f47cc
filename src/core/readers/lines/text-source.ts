import type { ReadLimits } from '../messages/read-error.ts';

/** The input of a reader of text. */
export interface TextSource {
  /** Name without folders and endings: the model's name where the text has none. */
  readonly modelName: string;
  readonly text: string;
  readonly limits: ReadLimits;
  /** Called now and then with the part done, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}
