import { createPlan } from '../../core/plan/create-plan.ts';
import { fail } from '../../core/result.ts';
import { createDerivedStore } from '../../store/derived-store.ts';
import { createDocumentStore } from '../../store/document-store.ts';
import { createViewStore } from '../../store/view-store.ts';
import type { EngineClient } from '../../worker/client.ts';
import type { Parts } from '../parts.ts';
import type { PlanRecord } from '../plans/plan-records.ts';
import type { PlanNews, PlanStorage, PutAside } from '../plans/plan-storage.ts';

/** The stores of a page; its engine has no model unless a test gives another `call`. */
export function createTestParts(call: EngineClient['call'] = async () => fail({ type: 'no-tree' }), restart = () => undefined): Parts {
  const engine: EngineClient = { call, restart, dispose: () => undefined };
  return {
    document: createDocumentStore(createPlan()),
    view: createViewStore(),
    derived: createDerivedStore(),
    engine,
    instant: {} as Parts['instant'],
  };
}

/** A storage in memory, with the controls that tests need. */
export interface TestStorage extends PlanStorage {
  readonly records: Map<string, PlanRecord>;
  readonly aside: PutAside[];
  /** Every save asked for fails with this error; `null`: saves work. */
  failure: Error | null;
  /** Until it is called, saves that were asked for do not settle. */
  readonly hold: () => () => void;
  /** News of another tab. */
  readonly announce: (news: PlanNews) => void;
  readonly deleteDatabase: () => void;
}

export function createTestStorage(): TestStorage {
  const records = new Map<string, PlanRecord>();
  const aside: PutAside[] = [];
  const hearers: ((news: PlanNews) => void)[] = [];
  const deletionHearers: (() => void)[] = [];
  let held: Promise<void> = Promise.resolve();
  return {
    records,
    aside,
    failure: null,
    hold() {
      let release = (): void => undefined;
      held = new Promise((resolve) => (release = resolve));
      return release;
    },
    announce: (news) => hearers.forEach((hear) => hear(news)),
    deleteDatabase() {
      records.clear();
      deletionHearers.forEach((hear) => hear());
    },
    list: async () => [...records.values()],
    load: async (id) => records.get(id) ?? null,
    async save(record, base) {
      await held;
      if (this.failure) throw this.failure;
      const found = records.get(record.id) ?? null;
      if ((found?.revision ?? null) !== base) return { saved: false, found };
      records.set(record.id, record);
      return { saved: true };
    },
    remove: async (id) => void records.delete(id),
    saveNow: (record) => void aside.push(record),
    forgetPutAside(id) {
      for (let at = aside.length - 1; at >= 0; at--) if (aside[at]!.id === id) aside.splice(at, 1);
    },
    lastOpen: async () => null,
    recover: async () => undefined,
    watch: (hear) => void hearers.push(hear),
    watchDeletion: (hear) => void deletionHearers.push(hear),
  };
}
