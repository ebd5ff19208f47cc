import type { Plan } from './plan.ts';

/** The name of a plan as a file: of the plan, else of its model. */
export function planFileName({ name, tree }: Plan): string {
  return `${(name || tree?.name || 'plan').replace(/[^\p{L}\p{N}._-]+/gu, '_')}.plan.json`;
}
