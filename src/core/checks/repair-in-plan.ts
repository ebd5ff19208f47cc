import type { SettingTemplate } from '../config/setting-templates.ts';
import { templateOfType } from '../config/template-start.ts';
import type { ConfigValue } from '../config/value.ts';
import { judgeOf, type ListSetting } from './judge-list.ts';
import { repairList, type RepairedList } from './repair-list.ts';

export interface RepairedInPlan extends RepairedList {
  /** The templates that the plan needs for the list, next to its own. */
  readonly registered: readonly SettingTemplate[];
}

/** Repairs a list of a plan: a plan keeps templates, so that a type that was asked for by name is registered, not taken away (rule F10f). */
export function repairInPlan(given: ConfigValue, setting: ListSetting): RepairedInPlan {
  const registered: SettingTemplate[] = [];
  let judge = judgeOf(setting);
  const repaired = repairList(given, setting.mode, {
    findingsOf: (list) => judge.findingsOf(list),
    tryList: (list) => judge.tryList(list),
    register(moduleType) {
      const isKnown = registered.some((template) => template.moduleType === moduleType);
      const template = isKnown ? null : templateOfType(setting.mode, moduleType, setting.resolver.tree);
      if (template === null) return false;
      registered.push(template);
      judge = judgeOf({ ...setting, templates: [...setting.templates, ...registered] });
      return true;
    },
  });
  return { ...repaired, registered };
}
