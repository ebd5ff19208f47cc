import { acceptTranslated } from '../config/legacy.ts';
import type { ListEdit } from '../config/list-edits.ts';
import { fix, type Fix } from '../diagnostics/fix.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { ConfigValue } from '../config/value.ts';
import type { Finding } from './finding.ts';
import { translateRespelled } from './fixes/legacy-fixes.ts';

/**
 * Findings of a list of NNI 2.x, whose fixes were made for the translated list: each writes the translation first (rule F6).
 * What NNI's translation itself gets wrong is settled by a better one.
 */
export function translateFirst(findings: readonly Finding[], { translated, mode }: Resolution, list: ConfigValue): readonly Finding[] {
  if (translated === null) return findings;
  const edits = acceptTranslated(translated, mode).map((value, at): ListEdit => ({ type: 'set', path: [at], value }));
  return findings.map((finding) => {
    if (isOfTranslation(finding)) {
      const respelled = translateRespelled(list, mode);
      return { ...finding, fixes: respelled.length > 0 ? respelled : [fix('translate-list', null, ...edits)] };
    }
    const fixes = finding.fixes.flatMap((each): readonly Fix[] =>
      each.action.type === 'edit-list' ? [{ ...each, action: { type: 'edit-list', edits: [...edits, ...each.action.edits], translates: true } }] : [],
    );
    return { ...finding, fixes };
  });
}

function isOfTranslation(finding: Finding): boolean {
  if (finding.code === 'missing-key') return finding.values.key === 'quant_dtype' && finding.where.path.length === 1;
  // No word of quant_types is one that NNI knows.
  if (finding.code === 'empty-dict') return finding.where.path.length === 1;
  return finding.code === 'unknown-key' && finding.values.key === 'group_id';
}
