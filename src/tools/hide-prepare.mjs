// `node src/tools/hide-prepare.mjs`, and `… --undo`: npm warns about a package with a script `prepare` when somebody installs its tarball, though
// the script is only for npm's copy of a git repository. So `npm pack` packs it under another name: `prepack` hides it, `postpack` takes it back.
import { readFileSync, writeFileSync } from 'node:fs';

const [shown, hidden] = ['"prepare":', '"_prepare":'];

export function hidePrepare(isUndone = false) {
  const text = readFileSync('package.json', 'utf8');
  const [from, to] = isUndone ? [hidden, shown] : [shown, hidden];
  if (text.includes(from)) writeFileSync('package.json', text.replace(from, to));
}

if (process.argv[1]?.endsWith('hide-prepare.mjs')) hidePrepare(process.argv.includes('--undo'));
