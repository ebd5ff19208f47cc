// `npm run engines`: walks through the built page in every engine on this machine. WebKit needs a display: xvfb gives one.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, run } from './install.mjs';

const walk = join(root, 'e2e/other-engines/walk.mjs');
const xvfb = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'xvfb-run'))
  .find((path) => existsSync(path));
const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY && xvfb !== undefined;
process.exit(needsDisplay ? run(xvfb, ['-a', process.execPath, walk]) : run(process.execPath, [walk]));
