import './styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createApp } from './app/create-app.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html lacks the element #root.');
const app = createApp();
createRoot(root).render(<App app={app} />);
