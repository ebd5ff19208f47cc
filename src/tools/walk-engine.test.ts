import { expect, test } from 'vitest';
import { DriverFault } from '../../e2e/other-engines/driver-fault.mjs';
import { walkEngine, type DrivenPage } from '../../e2e/other-engines/walk-engine.mjs';

type Outcome = 'passes' | 'fails' | 'is not answered' | 'cannot be taken';

/** Walks through steps that end as given, one list for each browser that is started, and gives the result, the messages and the closed browsers. */
async function walked(...walks: readonly (readonly Outcome[])[]) {
  const said: string[] = [];
  const closed: number[] = [];
  let started = -1;
  const take = (index: number) => async () => {
    const outcome = walks[started]![index]!;
    if (outcome === 'fails') throw new Error(`step ${index} is wrong`);
    if (outcome === 'is not answered') throw new DriverFault('no answer');
    return outcome === 'cannot be taken' ? 'there is no Python' : null;
  };
  const result = await walkEngine({
    name: 'Engine',
    async start(): Promise<DrivenPage> {
      const browser = ++started;
      if (walks[browser]!.length === 0) throw new Error('no display');
      return {
        version: `Engine ${browser}`,
        run: async () => 'what the page shows',
        close: async () => void closed.push(browser),
      };
    },
    serve: async () => ({ stop: async () => undefined }),
    steps: ['first', 'second', 'third'].map((title, index) => [title, take(index)] as const),
    tidyUp: async () => undefined,
    say: (line) => said.push(line),
  });
  return { ...result, said: said.join('\n'), browsers: started + 1, closed };
}

test('a walk without a fault is taken once', async () => {
  const { passed, failed, version, browsers, closed } = await walked(['passes', 'passes', 'passes']);
  expect({ passed, failed, version, browsers, closed }).toEqual({ passed: 3, failed: 0, version: 'Engine 0', browsers: 1, closed: [0] });
});

test('a driver that does not answer is started anew, which is said, and only the second walk counts', async () => {
  const { passed, failed, version, closed, said } = await walked(['passes', 'is not answered'], ['passes', 'passes', 'passes']);
  expect({ passed, failed, version, closed }).toEqual({ passed: 3, failed: 0, version: 'Engine 1', closed: [0, 1] });
  expect(said).toContain('The driver failed, not the page: no answer');
  expect(said).toContain('Engine is started anew and walked again from the start.');
});

test('a browser that does not start is started once more', async () => {
  const { passed, failed, said } = await walked([], ['passes', 'passes', 'passes']);
  expect({ passed, failed }).toEqual({ passed: 3, failed: 0 });
  expect(said).toContain('Engine did not start: no display');
});

test('a second fault of the driver is a failure', async () => {
  const { passed, failed, browsers } = await walked(['is not answered'], ['passes', 'is not answered']);
  expect({ passed, failed, browsers }).toEqual({ passed: 1, failed: 1, browsers: 2 });
});

test('an assertion that fails is never walked again, and the steps after it are taken', async () => {
  const { passed, failed, browsers, said } = await walked(['passes', 'fails', 'passes']);
  expect({ passed, failed, browsers }).toEqual({ passed: 2, failed: 1, browsers: 1 });
  expect(said).toContain('step 1 is wrong');
  expect(said).toContain('| what the page shows');
});

test('an assertion that failed before the driver did stays a failure', async () => {
  const { failed, browsers } = await walked(['passes', 'fails', 'is not answered']);
  expect({ failed, browsers }).toEqual({ failed: 1, browsers: 1 });
});

test('an assertion that fails in the second walk is a failure', async () => {
  const { passed, failed } = await walked(['is not answered'], ['passes', 'passes', 'fails']);
  expect({ passed, failed }).toEqual({ passed: 2, failed: 1 });
});

test('a step that cannot be taken is said, and counts neither way', async () => {
  const { passed, failed, said } = await walked(['passes', 'cannot be taken', 'passes']);
  expect({ passed, failed }).toEqual({ passed: 2, failed: 0 });
  expect(said).toContain('second: not taken, there is no Python');
});
