import * as nodeModule from 'node:module';

// Node 22 keeps what it has compiled, in its own folder for that, and starts faster from the second time on. Older versions compile each time.
if ('enableCompileCache' in nodeModule) (nodeModule.enableCompileCache as () => void)();
const { main } = await import('./main.ts');
// Not while that file is still being read in: what is loaded later waits for it.
await main();
