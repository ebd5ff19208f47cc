import * as nodeModule from 'node:module';

// Node 22 keeps its compiled code, in its own folder for that, and starts faster from the second time on. Older versions compile each time.
if ('enableCompileCache' in nodeModule) (nodeModule.enableCompileCache as () => void)();
const { main } = await import('./main.ts');
// Not while that file is still being read in: modules that are loaded later wait for it.
await main();
