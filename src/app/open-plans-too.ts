import type { AppActions } from '../store/app-context.ts';
import type { NamedFile } from '../worker/protocol.ts';

const startLength = 4096;
/** Plans with the largest trees in them stay below; anything larger is a model. */
const largestPlan = 256 * 1024 * 1024;

/** Whether a text says that it is a plan, well written or not; looks at its beginning only. */
export function looksLikePlan(start: string): boolean {
  return /^\uFEFF?\s*\{/.test(start) && /"format"\s*:\s*"compression-plan"/.test(start);
}

async function isPlanFile(file: File): Promise<boolean> {
  if (file.size > largestPlan) return false;
  return looksLikePlan(await file.slice(0, startLength).text().catch(() => ''));
}

/**
 * Opening that knows plans from models by their content, wherever they come from: dropped, picked or pasted. Of
 * several files the plans are opened first, and then the rest as the model.
 */
export function openPlansToo(
  openTree: AppActions['openTree'],
  openPlanText: AppActions['openPlanText'],
): AppActions['openTree'] {
  return async (source, role = 'student', options = {}) => {
    if (source.type === 'text' && looksLikePlan(source.text.slice(0, startLength))) {
      return openPlanText(source.text, 'The pasted plan');
    }
    if (source.type !== 'files') return openTree(source, role, options);
    const models: NamedFile[] = [];
    let opened = false;
    for (const named of source.files) {
      const { file } = named;
      if (await isPlanFile(file)) opened = (await openPlanText(await file.text(), file.name)) || opened;
      else models.push(named);
    }
    if (models.length === 0 && source.files.length > 0) return opened;
    return openTree(models.length === source.files.length ? source : { type: 'files', files: models }, role, options);
  };
}
