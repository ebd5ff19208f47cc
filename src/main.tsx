import './styles.css';
import { keepEarlyInput } from './app/early-input.ts';
import { firstPaint } from './app/first-paint.ts';
import { spawnEngine } from './app/spawn-engine.ts';

const giveEarlyInput = keepEarlyInput();
void firstPaint().then(() => {
  // All files of the page's code are asked for at once.
  const code = document.getElementById('page-code');
  if (code instanceof HTMLTemplateElement) document.head.append(code.content);
  // The engine starts while the page's own code is still being read.
  const engine = spawnEngine();
  // React makes errors while it is read, to throw them later. Noting where each was made would read most of it twice.
  const errors: ErrorConstructor & { stackTraceLimit?: number } = Error;
  const { stackTraceLimit = 10 } = errors;
  errors.stackTraceLimit = 0;
  void import('./app/mount.tsx')
    .finally(() => (errors.stackTraceLimit = stackTraceLimit))
    // If the code cannot be fetched, the note in the HTML stays and says so.
    .then(({ mount }) => {
      mount(engine);
      giveEarlyInput();
    }, () => undefined);
});
