import { wordFinding } from '../core/checks/word-finding.ts';
import { intOf, objectOf, type ConfigObject } from '../core/config/value.ts';
import type { Severity } from '../core/diagnostics/finding.ts';
import { wordFix } from '../core/diagnostics/fix.ts';
import { placeInFile, placeInWords, type CheckedFile } from './checked-file.ts';

const levels: Readonly<Record<Severity, string>> = { refused: 'error', later: 'error', silent: 'warning', 'not-checked': 'note' };

/** A SARIF 2.1.0 log of all files. */
export function sarifReport(files: readonly CheckedFile[], version: string): ConfigObject {
  const codes = [...new Set(files.flatMap(({ findings }) => findings.map(({ code }) => code)))].toSorted();
  const results = files.flatMap((checked) =>
    checked.findings.map((finding) => {
      const { title, why } = wordFinding(finding);
      const place = placeInFile(finding, checked);
      const region = place === null ? [] : [['region', objectOf([['startLine', intOf(place.line)], ['startColumn', intOf(place.column)]])] as const];
      const physical = objectOf([['artifactLocation', objectOf([['uri', uriOf(checked.file)]])], ...region]);
      const logical = objectOf([['fullyQualifiedName', placeInWords(finding)]]);
      const fixes = finding.fixes.length === 0 ? '' : ` Fix: ${finding.fixes.map(wordFix).join(' | ')}.`;
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
    ['rules', codes.map((code) => objectOf([['id', code], ['name', code]]))],
  ]);
  return objectOf([
    ['$schema', 'https://json.schemastore.org/sarif-2.1.0.json'],
    ['version', '2.1.0'],
    ['runs', [objectOf([['tool', objectOf([['driver', driver]])], ['results', results]])]],
  ]);
}

/** A path as a relative reference of a URI. */
function uriOf(file: string): string {
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
