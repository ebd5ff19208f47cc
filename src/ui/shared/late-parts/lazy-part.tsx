import { lazy, type ComponentType } from 'react';

const failedParts = new Set<() => void>();

/**
 * A component that is fetched when it is first shown. React keeps the failure of a fetch for good; here
 * `forgetFailedParts` makes the next attempt a fresh one.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  function fetchPart() {
    return lazy(async () => {
      try {
        return { default: await load() };
      } catch (error) {
        failedParts.add(() => (part.current = fetchPart()));
        throw error;
      }
    });
  }
  const part: { current: ComponentType<Props> } = { current: fetchPart() };
  return function LazyPart(props) {
    const Part = part.current;
    return <Part {...props} />;
  };
}

/** Lets parts that could not be fetched be fetched again. */
export function forgetFailedParts(): void {
  for (const forget of failedParts) forget();
  failedParts.clear();
}
