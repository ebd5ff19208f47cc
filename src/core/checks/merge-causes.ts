import { choosingKeys } from '../config/selector-keys.ts';
import { kindOfFix, type FixCode } from '../diagnostics/fix.ts';
import type { Problem } from '../resolve/resolution.ts';
import { groupBy } from '../text/group-by.ts';
import type { Finding } from './finding.ts';

type SettingProblem = Problem<'bad-quant-dtype' | 'granularity-kind' | 'granularity-malformed'>;

/** One value that is refused for several targets or types is one problem, with all of them (rule F12). */
export function mergeProblems(problems: readonly Problem[]): readonly Problem[] {
  const merged = new Map<string, Problem>();
  for (const problem of problems) {
    const { code, where } = problem;
    const isValue = isSettingProblem(problem);
    const key = JSON.stringify(isValue ? [code, where.subConfig, where.path] : [merged.size, code]);
    const known = merged.get(key);
    merged.set(key, known && isValue && isSettingProblem(known) ? together(known, problem) : problem);
  }
  return [...merged.values()];
}

function isSettingProblem(problem: Problem): problem is SettingProblem {
  return problem.code === 'bad-quant-dtype' || problem.code === 'granularity-kind' || problem.code === 'granularity-malformed';
}

function together(first: SettingProblem, other: SettingProblem): Problem {
  const list = (...texts: readonly string[]): string => [...new Set(texts.flatMap((text) => text.split(', ')))].join(', ');
  const isSameTarget = list(first.values.target) === list(other.values.target);
  const values = {
    ...first.values,
    target: list(first.values.target, other.values.target),
    type: list(first.values.type, other.values.type),
    // Targets of one module are that module once.
    count: isSameTarget ? first.values.count + other.values.count : Math.max(first.values.count, other.values.count),
  };
  const modules = [...new Set([...(first.where.modules ?? []), ...(other.where.modules ?? [])])];
  return { ...first, values, where: { ...first.where, modules } };
}

/** Fixes that settle several findings at once. */
const sharedFixes: ReadonlySet<FixCode> = new Set([
  'write-names', 'write-types', 'write-pattern', 'remove-none', 'translate', 'translate-respelled', 'exclude-elsewhere', 'move-to-mode',
  'rename-key', 'add-target', 'write-groups', 'write-target', 'split-types', 'leave-out-target',
]);

/**
 * A finding that follows from another finding of the same sub-config becomes a place of it (rule F12). For example, a sub-config
 * selects nothing because an entry matches nothing, or targets are lost because all are.
 */
export function mergeConsequences(findings: readonly Finding[]): readonly Finding[] {
  const dropped = new Set<Finding>();
  const causes = new Map<Finding, Finding>();
  for (const own of groupBy(findings, ({ where }) => where.subConfig).values()) {
    const of = (code: Finding['code']): readonly Finding[] => own.filter((finding) => finding.code === code);
    const [nothing] = of('selects-nothing');
    const cause = own.find(({ severity, where, code }) => severity === 'refused' && (code === 'missing-selector' || choosingKeys.has(where.path[0]))) ??
      of('entry-without-hit').find(({ where }) => choosingKeys.has(where.path[0]));
    if (nothing !== undefined && cause?.severity === 'refused') for (const other of [nothing, ...of('entry-without-effect')]) dropped.add(other);
    else if (nothing !== undefined) join(cause ?? nothing, [...(cause === undefined ? [] : [nothing]), ...of('entry-without-effect')]);
    // A value of the wrong kind is no type of numbers either.
    const wrong = new Set(of('wrong-value').map(({ where }) => where.path.join()));
    for (const finding of of('bad-quant-dtype')) if (wrong.has(finding.where.path.join())) dropped.add(finding);
    // A target that NNI does not know takes no shorthand.
    if (of('unknown-target').length > 0) for (const finding of of('shorthand-unused')) dropped.add(finding);
    const [taken] = of('wins-nothing');
    if (taken !== undefined) join(taken, of('lost-targets'));
  }
  return findings.filter((finding) => !dropped.has(finding)).map((finding) => causes.get(finding) ?? finding);

  function join(cause: Finding, others: readonly Finding[]): void {
    for (const other of others) dropped.add(other);
    const { where, fixes } = cause;
    const places = others.map((other) => other.where.path).filter((path) => path.length > 0 && path.join() !== where.path.join());
    const also = places.filter((path, at) => places.findIndex((other) => other.join() === path.join()) === at);
    const more = others.flatMap((other) => other.fixes).filter((fix) => kindOfFix(fix) !== 'remove');
    const all = [...fixes.filter((fix) => kindOfFix(fix) !== 'remove'), ...more, ...fixes.filter((fix) => kindOfFix(fix) === 'remove')];
    const distinct = all.filter((fix, at) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(fix)) === at);
    causes.set(cause, { ...cause, where: also.length === 0 ? where : { ...where, also }, fixes: distinct });
  }
}

/** Findings of one sub-config that one fix settles have one cause: they are one finding with all its places (rule F12). */
export function mergeCauses(findings: readonly Finding[]): readonly Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const [first] = finding.fixes;
    const isShared = first !== undefined && sharedFixes.has(first.code);
    const key = JSON.stringify(isShared ? [finding.severity, finding.where.subConfig, first] : [merged.size]);
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, finding);
      continue;
    }
    const { where, fixes } = known;
    const also = [...(where.also ?? []), finding.where.path];
    const others = [...(known.merged ?? []), { ...finding, fixes: [] }];
    merged.set(key, { ...known, where: { ...where, also }, merged: others, fixes: fixes.filter((fix) => sharedFixes.has(fix.code)) });
  }
  return [...merged.values()];
}
