import type { FindingOf } from '../../diagnostics/finding.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import type { Demand } from '../../plan/plan.ts';
import { formatCount, formatQuantity } from '../../text/format-count.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

interface OfAssertion {
  readonly label: string;
}

export interface CountValues extends OfAssertion {
  readonly demand: Demand['type'];
  readonly demanded: number;
  readonly found: number;
}

export interface ModuleValues extends OfAssertion {
  readonly demand: Demand['type'];
  readonly pattern: string;
  readonly count: number;
  readonly module: string;
}

export interface OpenValues extends OfAssertion {
  /** Empty where the sub-config itself is missing. */
  readonly pattern: string;
}

type AssertionFinding =
  | FindingOf<'assertion-count', CountValues>
  | FindingOf<'assertion-modules', ModuleValues>
  | FindingOf<'assertion-not-decided', OpenValues>;

/** Most modules in the place of the finding. */
const mostModules = 8;

/** An assertion of the plan about a number of modules (rule F8). */
export const assertionCount: FindingKind<CountValues> = {
  words: ({ label, demand, demanded, found }) => {
    const relation = demand === 'selects-at-least' ? 'fewer than' : demand === 'selects-at-most' ? 'more than' : 'not';
    const are = `${formatQuantity(found, 'module')} ${found === 1 ? 'is' : 'are'} selected`;
    return {
      title: `${nameOf(label)} fails: ${are}, ${relation} ${formatCount(demanded)}.`,
      why: 'The plan demands it; NNI knows nothing of it and would go on.',
    };
  },
};

/** An assertion of the plan about which modules are selected (rule F8). */
export const assertionModules: FindingKind<ModuleValues> = {
  words: ({ label, demand, pattern, count, module }) => {
    const state = demand === 'never-selects' ? 'selected' : 'not selected';
    const matching =
      count === 1 ? `, which matches ${shortened(pattern)}, is` : `${andMore(count)} that match ${shortened(pattern)} are`;
    return {
      title: `${nameOf(label)} fails: ${shortened(module)}${matching} ${state}.`,
      why: 'The plan demands otherwise; NNI knows nothing of it and would go on.',
    };
  },
};

/** An assertion that cannot be decided (rule F8). */
export const assertionNotDecided: FindingKind<OpenValues> = {
  words: ({ label, pattern }) => ({
    title: `${nameOf(label)} cannot be decided: ${
      pattern === '' ? 'its sub-config is not in the list' : 'its pattern is not one that Python can try'
    }.`,
    why: '',
  }),
};

function nameOf(label: string): string {
  return label === '' ? 'An assertion' : `“${label}”`;
}

/** Finds the assertions of the plan that do not hold or cannot be decided (rule F8b). No fixes. */
export function findFailedAssertions({ assertions = [], tree }: Pick<FindingInput, 'assertions' | 'tree'>): readonly AssertionFinding[] {
  return assertions.flatMap(({ assertion: { label, subConfig, demand }, outcome }): readonly AssertionFinding[] => {
    const common = { rule: 'F8', where: { subConfig, path: [], modules: [] }, fixes: [] } as const;
    const pattern = 'pattern' in demand ? demand.pattern : '';
    switch (outcome.type) {
      case 'holds':
        return [];
      case 'wrong-count': {
        const { demanded, found } = outcome;
        return [{ ...common, code: 'assertion-count', severity: 'assertion', values: { label, demand: demand.type, demanded, found } }];
      }
      case 'broken': {
        const { modules } = outcome;
        const values = { label, demand: demand.type, pattern, count: modules.length, module: moduleName(tree, modules[0]!) };
        const where = { subConfig, path: [], modules: modules.slice(0, mostModules) };
        return [{ ...common, code: 'assertion-modules', severity: 'assertion', where, values }];
      }
      case 'not-decided':
        return [{ ...common, code: 'assertion-not-decided', severity: 'not-checked', values: { label, pattern } }];
    }
  });
}
