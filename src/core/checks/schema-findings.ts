import type { Mode } from '../config/mode.ts';
import type { ConfigValue } from '../config/value.ts';
import { schemaProblems } from '../resolve/schema-problems.ts';
import type { Finding } from './finding.ts';

/** The refusals of a list that need no model (rules L, V): NNI raises them whatever the model is. Their fixes need one, and are left out. */
export function schemaFindings(list: ConfigValue, mode: Mode): readonly Finding[] {
  return schemaProblems(list, mode).problems.map((problem) => {
    const { stage: _, ...fact } = problem;
    return { ...fact, severity: 'refused', fixes: [] };
  });
}
