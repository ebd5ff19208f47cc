import { asResolved } from '../core/diagnostics/number-of.ts';
import type { Finding } from '../core/checks/finding.ts';
import { wordVerdict, type ListVerdict } from '../core/checks/list-verdict.ts';
import { wordFinding } from '../core/checks/word-finding.ts';
import { writePythonJson } from '../core/config/json-writer.ts';
import { intOf, objectOf, type ConfigObject, type ConfigValue } from '../core/config/value.ts';
import { severityWords, type Severity } from '../core/diagnostics/severity.ts';
import { wordFix } from '../core/diagnostics/fix.ts';
import { placeInFile, placeInWords, type CheckedFile } from './checked-file.ts';
import type { CheckFormat } from './command-line.ts';
import { printable } from './printable.ts';
import { errorValue, findingValue } from './resolve-report.ts';
import { sarifReport } from './sarif.ts';

/** Findings for people, and the verdict. */
export function textLines({ file, model, findings, verdict, assertions, run }: CheckedFile): readonly string[] {
  return [
    ...findings.flatMap((finding) => findingLines(finding, file)),
    printable(verdictSentence(verdict, file, model)),
    ...run.map(printable),
    ...(assertions.total > 0 ? [`${assertions.holding} of ${assertions.total} assertions hold.`] : []),
  ];
}

/** The report on all files, and on inputs that cannot be used, in a format for programs; nothing for `text`, which is printed file by file. */
export function reportLines(files: readonly CheckedFile[], unusable: readonly string[], format: CheckFormat, version: string): readonly string[] {
  switch (format) {
    case 'text':
      return [];
    case 'json':
      return [printableJson(objectOf([['files', files.map(fileValue)], ['unusable', unusable]]))];
    case 'sarif':
      return [printableJson(sarifReport(files, unusable, version))];
    case 'github':
      // GitHub shows the first ten errors of a step.
      return [...unusable.map((message) => printable(`::error::${data(message)}`)), ...files.flatMap(githubLines)];
  }
}

function verdictSentence(verdict: ListVerdict, file: string, model: string): string {
  const { state, error } = verdict;
  const subject = `${file} for ${model}`;
  // The whole message, also where it has several lines.
  if (state === 'refused' && error !== null) return `NNI 3.0 refuses ${subject}: ${error.type}: ${error.message}`;
  return `${wordVerdict(verdict, subject).replace(/^NNI /, 'NNI 3.0 ')}.`;
}

/** `list.json [1].op_names_re[0]: refused: title (S2)`, with the reason and the fixes below. */
function findingLines(finding: Finding, file: string): readonly string[] {
  const { title, why, rule } = wordFinding(finding, asResolved);
  const head = `${file} ${placeInWords(finding)}: ${severityWords[finding.severity]}: ${title}${rule === '' ? '' : ` (${rule})`}`;
  const [first] = finding.fixes;
  const meant = first === undefined ? null : meantBy(first);
  return [
    head,
    ...(why === '' ? [] : [`    ${why}`]),
    ...(meant === null ? [] : [`    Did you mean ${meant}?`]),
    ...finding.fixes.map((fix) => `    fix: ${wordFix(fix, asResolved)}`),
  ].map(printable);
}

/** The name, key or value that was likely meant. */
function meantBy(fix: Finding['fixes'][number]): string | null {
  if (fix.code === 'write-name') return fix.values.value;
  return fix.code === 'rename-key' ? fix.values.key : null;
}

function fileValue(checked: CheckedFile): ConfigObject {
  const { file, model, mode, verdict, findings, assertions, list, run } = checked;
  return objectOf([
    ['file', file],
    ['model', model],
    ['mode', mode],
    ['verdict', verdict.state],
    ...(verdict.error === null ? [] : [['error', errorValue(verdict.error)] as const]),
    ['warnings', intOf(verdict.warnings)],
    ['assertions', objectOf([['holding', intOf(assertions.holding)], ['total', intOf(assertions.total)]])],
    ['run', run],
    [
      'findings',
      findings.map((finding) => {
        const place = placeInFile(finding, checked);
        const { entries } = findingValue(finding, list);
        const at = place === null ? [] : [['line', intOf(place.line)] as const, ['column', intOf(place.column)] as const];
        return objectOf([...entries, ['why', wordFinding(finding, asResolved).why], ...at]);
      }),
    ],
  ]);
}

const githubLevels: Readonly<Record<Severity, string>> = { refused: 'error', later: 'error', assertion: 'error', silent: 'warning', 'not-checked': 'notice' };

/** Workflow commands of GitHub Actions, one a finding. */
function githubLines(checked: CheckedFile): readonly string[] {
  const { file, model, findings, verdict, assertions } = checked;
  const lines = findings.map((finding) => {
    const { title, why, rule } = wordFinding(finding, asResolved);
    const place = placeInFile(finding, checked);
    const at = place === null ? '' : `,line=${place.line},col=${place.column}`;
    const fixes = finding.fixes.length === 0 ? '' : `\nFix: ${finding.fixes.map((fix) => wordFix(fix, asResolved)).join(' | ')}`;
    const heading = `${finding.code}${rule === '' ? '' : ` (${rule})`}`;
    const text = `${placeInWords(finding)} ${title}${why === '' ? '' : `\n${why}`}${fixes}`.trim();
    return `::${githubLevels[finding.severity]} file=${property(file)}${at},title=${property(heading)}::${data(text)}`;
  });
  const failing = assertions.total - assertions.holding;
  const end = `${verdictSentence(verdict, file, model)}${failing === 0 ? '' : ` ${failing} of ${assertions.total} assertions fail.`}`;
  const level = verdict.state === 'refused' || verdict.state === 'fails-when-it-runs' ? 'error' : 'notice';
  return [...lines, `::${level} file=${property(file)}::${data(end)}`].map(printable);
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function printableJson(value: ConfigValue): string {
  return writePythonJson(value).split('\n').map(printable).join('\n');
}
