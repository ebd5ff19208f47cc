import { isFetchFailure } from '../../../worker/fetch-failure.ts';

/** The message when a part of the page stops. */
export interface StopWording {
  readonly title: string;
  readonly text: string;
  /** The part could not be fetched, rather than shown. */
  readonly isFetch: boolean;
}

/** Words a failure inside `part` (`The model tree`). */
export function describeStop(part: string, error: unknown): StopWording {
  const message = error instanceof Error ? error.message : String(error);
  if (isFetchFailure(message)) {
    return {
      title: `${part} could not be fetched`,
      text: 'The rest of the page works on, and your plan is kept. Check the connection and try again; reload the page if it was updated in the meantime.',
      isFetch: true,
    };
  }
  return {
    title: `${part} cannot be shown`,
    text: `The rest of the page works on, and your plan is kept. The error: ${message}`,
    isFetch: false,
  };
}
