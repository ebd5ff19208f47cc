// Walks one engine. A driver that does not answer says nothing about the page: the engine is then walked once more.
import { DriverFault, passFault } from './driver-fault.mjs';

/**
 * Takes all steps in a new browser, and once more from the start in another one if the driver does not answer. An assertion that
 * failed before that is a failure, and a second fault of the driver is one too. A step that cannot be taken on this machine returns
 * the reason. `say` prints a line.
 */
export async function walkEngine(engine) {
  const first = await walkOnce(engine);
  if (!first.fault) return first;
  engine.say(`  The driver failed, not the page: ${first.fault.message}`);
  if (first.failed > 0) return first;
  engine.say(`${engine.name} is started anew and walked again from the start.`);
  const second = await walkOnce(engine);
  if (!second.fault) return second;
  engine.say(`  The driver failed again: ${second.fault.message}`);
  return { ...second, failed: second.failed + 1 };
}

async function walkOnce({ name, start, serve, steps, tidyUp, say }) {
  const result = { passed: 0, failed: 0, version: null, fault: null };
  const server = await serve();
  let page = null;
  try {
    page = await start().catch((error) => {
      throw new DriverFault(`${name} did not start: ${error.message}`);
    });
    result.version = page.version;
    say(`${name}: ${page.version}`);
    for (const [index, [title, walk]] of steps.entries()) {
      try {
        const reason = await walk(page, server);
        if (reason) {
          say(`  – ${title}: not taken, ${reason}`);
        } else {
          result.passed++;
          say(`  ✓ ${title}`);
        }
      } catch (error) {
        passFault(error);
        result.failed++;
        say(`  ✗ ${title}\n    ${error instanceof Error ? error.message : error}`);
        const shown = await page.run('() => document.body.innerText.slice(0, 900)').catch(passFault);
        if (shown) say(`    The page shows:\n${shown.replace(/^/gm, '    | ')}`);
        // Without a page there is nothing to go on with.
        if (index === 0) break;
        await tidyUp(page);
      }
    }
  } catch (error) {
    if (!(error instanceof DriverFault)) throw error;
    result.fault = error;
  } finally {
    await page?.close().catch(() => undefined);
    await server.stop();
  }
  return result;
}
