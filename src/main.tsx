import './styles.css';
import { spawnEngine } from './app/spawn-engine.ts';

// The engine starts while the page's own code is still being read.
const engine = spawnEngine();
void import('./app/mount.tsx').then(({ mount }) => mount(engine));
