import type { ImportError } from '../../core/config/import-list.ts';
import type { ImportChange } from '../../core/config/legacy.ts';
import type { PlanFileError } from '../../core/plan/plan-file.ts';

/** What is wrong with an imported text, where, and the way out. */
export function wordImportError(error: ImportError): string {
  switch (error.type) {
    case 'not-json': {
      const { message, remedy, line, column } = error.error;
      return `Line ${line}, column ${column}: ${message} ${remedy}`;
    }
    case 'not-literal':
      return `Line ${error.line}: ${error.message} Only literals are read; nothing is run.`;
    case 'bad-plan':
      return wordPlanError(error.error);
    case 'not-a-list':
      return `This is ${error.found}, not a config list. A config list starts with [ and holds one {…} a sub-config.`;
    case 'item-not-a-dict':
      return `Entry ${error.index + 1} of the list is ${error.found}. Each entry must be an object {…}.`;
    case 'is-module-tree':
      return 'This is a module tree, not a config list. Open it as a model instead.';
    case 'legacy-failed':
      return `NNI 3.0 cannot translate this NNI 2.x list: sub-config ${error.subConfig + 1}, ${error.key}: ${error.message}.`;
  }
}

/** What is wrong with a plan file. */
export function wordPlanError(error: PlanFileError): string {
  switch (error.type) {
    case 'not-json':
      return `Line ${error.error.line}, column ${error.error.column}: ${error.error.message} ${error.error.remedy}`;
    case 'not-a-plan':
      return 'This is not a plan of Espalier.';
    case 'newer-version':
      return `This plan has version ${error.version}, which is newer than this Espalier. Update Espalier to open it.`;
    case 'malformed':
      return `The plan is damaged at ${error.place}: ${error.expected} is expected there.`;
  }
}

/** What the translation of an NNI 2.x list changed. */
export function wordImportChange(change: ImportChange): string {
  const place = `Sub-config ${change.subConfig + 1}`;
  switch (change.type) {
    case 'partial-names':
      return `${place}: op_partial_names became op_names_re.`;
    case 'excludes':
      return `${place}: it only excluded; what it named is now excluded in every sub-config, and it selects nothing itself.`;
    case 'pruning-keys':
      return `${place}: the sparsity keys became target_names and target_settings of weight and bias.`;
    case 'global-group':
      return `${place}: total_sparsity became the global group ${change.id}. NNI’s own translation writes group_id, which it then refuses.`;
    case 'quantization-keys':
      return `${place}: quant_types and quant_bits became target_names and target_settings.`;
    case 'quant-dtype-added':
      return `${place}: quant_dtype ${change.quantDtype} was added, which NNI 3.0 demands at top level.`;
  }
}
