import { getAt } from '../../../core/config/list-edits.ts';
import type { ConfigObject, KeyPath } from '../../../core/config/value.ts';
import type { Finding } from '../../../core/checks/finding.ts';
import { fixKey, type Fix } from '../../../core/diagnostics/fix.ts';
import { selectorKeys } from '../../../core/config/selector-keys.ts';

/** Findings of one sub-config, by the field that shows them; findings without a field show at the foot of the card. */
export interface PlacedFindings {
  readonly atFields: ReadonlyMap<string, readonly Finding[]>;
  readonly atFoot: readonly Finding[];
  /** The fixes that the findings offer, by `fixKey`. */
  readonly fixes: ReadonlySet<string>;
}

/** How a field is called in the page: its path as one text. */
export function fieldId(path: KeyPath): string {
  return path.join('.');
}

const selectors: ReadonlySet<string> = new Set(selectorKeys);

/** The field in which a path ends, or `null` for the sub-config as a whole. */
export function fieldOf(path: KeyPath): KeyPath | null {
  const [first] = path;
  if (typeof first !== 'string') return null;
  if (selectors.has(first)) return path.slice(0, 2);
  if (first === 'target_settings') return path.length > 1 ? path.slice(0, 3) : null;
  return [first];
}

/** Puts findings at the fields that the card has for its config. A fix of several findings is offered once, with the first and gravest (rule F12). */
export function placeFindings(findings: readonly Finding[], config: ConfigObject): PlacedFindings {
  const atFields = new Map<string, Finding[]>();
  const atFoot: Finding[] = [];
  const offered = new Set<string>();
  for (const given of findings) {
    const fixes = given.fixes.filter((fix) => !offered.has(fixKey(fix)));
    for (const fix of fixes) offered.add(fixKey(fix));
    const finding = fixes.length === given.fixes.length ? given : { ...given, fixes };
    const fields = fieldsOf(finding, config);
    if (fields.length === 0) atFoot.push(finding);
    for (const id of new Set(fields.map(fieldId))) {
      const others = atFields.get(id);
      if (others) others.push(finding);
      else atFields.set(id, [finding]);
    }
  }
  return { atFields, atFoot, fixes: offered };
}

/** The fields of a finding that the card has. */
function fieldsOf({ where: { path, also = [] } }: Finding, config: ConfigObject): readonly KeyPath[] {
  return [path, ...also].flatMap((place) => {
    const field = fieldOf(place);
    return field !== null && getAt(config, field) !== undefined ? [field] : [];
  });
}

/** The path of a finding whose words one of its fields shows: the first of its places in that field. */
export function placeIn(field: KeyPath, { where: { path, also = [] } }: Finding): KeyPath {
  return [path, ...also].find((place) => fieldId(fieldOf(place) ?? []) === fieldId(field)) ?? path;
}

/**
 * Whether a selector shows a finding only as a mark, since another field of the card has its words: the entry there is not at fault
 * itself, it has no effect because of the other (rule F12).
 */
export function isToldElsewhere(field: KeyPath, finding: Finding, config: ConfigObject): boolean {
  const [first] = fieldsOf(finding, config);
  if (first === undefined || fieldId(first) === fieldId(field) || !selectors.has(String(field[0]))) return false;
  return !(finding.merged ?? []).some(({ where }) => fieldId(fieldOf(where.path) ?? []) === fieldId(field));
}

/**
 * The fixes of a finding that one of its fields offers: each is offered once in a card, at the first field that it changes, or at
 * the first of all where it changes none of them (rule F12). The other fields have the words alone.
 */
export function fixesAt(field: KeyPath, finding: Finding, config: ConfigObject): readonly Fix[] {
  const fields = fieldsOf(finding, config);
  return finding.fixes.filter(({ action }) => {
    const changed = action.type === 'edit-list' ? action.edits.flatMap((edit) => (edit.type === 'move' ? [] : [edit.path.slice(1)])) : [];
    const own = fields.find((each) => changed.some((path) => path.length > 0 && isOneWay(each, path)));
    return fieldId(own ?? fields[0] ?? []) === fieldId(field);
  });
}

/** Whether one path leads through the other. */
function isOneWay(one: KeyPath, other: KeyPath): boolean {
  return one.slice(0, other.length).every((step, at) => step === other[at]);
}

/** The ids of fields to look for, from the innermost that a path leads through outwards. */
export function fieldCandidates(path: KeyPath): readonly string[] {
  return path.map((_, at) => fieldId(path.slice(0, path.length - at)));
}
