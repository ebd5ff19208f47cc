import { wordFinding, wordReason } from '../core/checks/word-finding.ts';
import { asResolved } from '../core/diagnostics/number-of.ts';
import { intOf, objectOf, type ConfigObject } from '../core/config/value.ts';
import type { Severity } from '../core/diagnostics/severity.ts';
import { wordFix } from '../core/diagnostics/fix.ts';
import { placeInFile, placeInWords, type CheckedFile } from './checked-file.ts';

const levels: Readonly<Record<Severity, string>> = { refused: 'error', later: 'error', assertion: 'error', silent: 'warning', 'not-checked': 'note' };

/** A SARIF 2.1.0 log of all files, and of inputs that cannot be used. */
export function sarifReport(files: readonly CheckedFile[], unusable: readonly string[], version: string): ConfigObject {
  const codes = [...new Set(files.flatMap(({ findings }) => findings.map(({ code }) => code)))].toSorted();
  const results = files.flatMap((checked) =>
    checked.findings.map((finding) => {
      const { title, why } = wordFinding(finding, asResolved);
      const place = placeInFile(finding, checked);
      const region = place === null ? [] : [['region', objectOf([['startLine', intOf(place.line)], ['startColumn', intOf(place.column)]])] as const];
      const physical = objectOf([['artifactLocation', objectOf([['uri', uriOf(checked.file)]])], ...region]);
      const logical = objectOf([['fullyQualifiedName', placeInWords(finding)]]);
      const fixes = finding.fixes.length === 0 ? '' : ` Fix: ${finding.fixes.map((fix) => wordFix(fix, asResolved)).join(' | ')}.`;
      return objectOf([
        ['ruleId', finding.code],
        ['ruleIndex', intOf(codes.indexOf(finding.code))],
        ['level', levels[finding.severity]],
        ['message', objectOf([['text', `${title}${why === '' ? '' : ` ${why}`}${fixes}`]])],
        ['locations', [objectOf([['physicalLocation', physical], ['logicalLocations', [logical]]])]],
        ['properties', objectOf([['rule', finding.rule], ['severity', finding.severity]])],
      ]);
    }),
  );
  const driver = objectOf([
    ['name', 'Espalier'],
    ['version', version],
    ['rules', codes.map((code) => ruleOf(code, files))],
  ]);
  const invocation = objectOf([
    ['executionSuccessful', unusable.length === 0],
    ['toolExecutionNotifications', unusable.map((text) => objectOf([['level', 'error'], ['message', objectOf([['text', text]])]]))],
  ]);
  const run = objectOf([['tool', objectOf([['driver', driver]])], ['columnKind', 'utf16CodeUnits'], ['invocations', [invocation]], ['results', results]]);
  return objectOf([
    ['$schema', 'https://json.schemastore.org/sarif-2.1.0.json'],
    ['version', '2.1.0'],
    ['runs', [run]],
  ]);
}

/** A kind of findings, as services show it: its name in words, and why the first finding of it matters. */
function ruleOf(code: string, files: readonly CheckedFile[]): ConfigObject {
  const [first] = files.flatMap(({ findings }) => findings.filter((finding) => finding.code === code));
  const name = code.replaceAll('-', ' ');
  const why = first === undefined ? '' : wordReason(first, asResolved);
  return objectOf([
    ['id', code],
    ['name', code],
    ['shortDescription', objectOf([['text', name]])],
    ['fullDescription', objectOf([['text', name]])],
    ['help', objectOf([['text', why === '' ? name : why]])],
  ]);
}

/** A path as a relative reference of a URI. */
function uriOf(file: string): string {
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
