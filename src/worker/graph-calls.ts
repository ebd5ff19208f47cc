import type { GroupsPreview, PreviewForm } from '../core/checks/preview-groups.ts';
import type { ConfigObject } from '../core/config/value.ts';
import type { SettingTemplate } from '../core/config/setting-templates.ts';
import type { PythonVersion } from '../core/python-re/python-version.ts';

/** Request kinds about the data flow of the student, with what they take and give. */
export interface GraphCalls {
  /** The sets of modules that are pruned together, and what a pruning list becomes with them. */
  'preview-groups': {
    request: {
      readonly list: readonly ConfigObject[];
      readonly templates: readonly SettingTemplate[];
      readonly python: PythonVersion;
      readonly form: PreviewForm;
      readonly leavesOut: boolean;
    };
    reply: GroupsPreview;
  };
}
