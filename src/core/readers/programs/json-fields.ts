import { asRecord, ownField } from '../literals/record.ts';

/** Objects inside an object from outside; null where there is none. */
export function recordIn(record: Readonly<Record<string, unknown>> | null, key: string): Readonly<Record<string, unknown>> | null {
  return record === null ? null : asRecord(ownField(record, key));
}

/** A list inside an object from outside; empty where there is none. */
export function arrayIn(record: Readonly<Record<string, unknown>> | null, key: string): readonly unknown[] {
  const value = record === null ? undefined : ownField(record, key);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A text inside an object from outside; empty where there is none. */
export function textIn(record: Readonly<Record<string, unknown>> | null, key: string): string {
  const value = record === null ? undefined : ownField(record, key);
  return typeof value === 'string' ? value : '';
}
