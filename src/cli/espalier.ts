import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';
import { loadCompiled } from './compile-cache.ts';

// From the second time on, a command starts faster: its compiled code is kept. Node 22 does this itself, in its own folder.
if ('enableCompileCache' in nodeModule) (nodeModule.enableCompileCache as () => void)();
else loadCompiled(fileURLToPath(new URL('./main.js', import.meta.url)));
void import('./main.ts').then(({ main }) => main());
