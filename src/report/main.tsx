import '../styles.css';
import { createRoot } from 'react-dom/client';
import { followTheme } from '../app/theme.ts';
import { holdCharacterNames } from './character-names.ts';
import { createReport } from './create-report.ts';
import type { ReportData } from './report-data.ts';
import { ReportPage } from './ReportPage.tsx';

const root = document.getElementById('root');
const text = document.getElementById('espalier-report')?.textContent ?? '';
if (!root) throw new Error('The report lacks the element #root.');
if (text === '') {
  root.textContent = 'This file is the empty form of a report. espalier report fills it.';
} else {
  const data = JSON.parse(text) as ReportData;
  holdCharacterNames(data.characters);
  const app = createReport(data);
  followTheme(app.view);
  createRoot(root).render(<ReportPage app={app} file={data.file} version={data.version} />);
}
