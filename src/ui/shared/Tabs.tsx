import { useId, type KeyboardEvent, type ReactNode } from 'react';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Shown behind the label, e.g. a count. */
  readonly note?: ReactNode;
}

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  /** Id of the element that shows the chosen tab. */
  readonly panelId?: string;
}

/** A tab list with roving focus: arrow keys, Home and End choose. */
export function Tabs<Id extends string>({ label, tabs, chosen, onChoose, panelId }: TabsProps<Id>) {
  const prefix = useId();
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === chosen);
    const last = tabs.length - 1;
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    const tab = next === undefined ? undefined : tabs[next];
    if (!tab) return;
    event.preventDefault();
    onChoose(tab.id);
    document.getElementById(prefix + tab.id)?.focus();
  };
  return (
    <div role="tablist" aria-label={label} onKeyDown={move} className="flex items-center gap-0.5">
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={prefix + tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === chosen}
          aria-controls={panelId}
          tabIndex={tab.id === chosen ? 0 : -1}
          onClick={() => onChoose(tab.id)}
          className="inline-flex h-7 items-center gap-1.5 rounded px-2.5 text-sm text-muted hover:bg-hover hover:text-text aria-selected:bg-chosen aria-selected:font-medium aria-selected:text-text"
        >
          {tab.label}
          {tab.note}
        </button>
      ))}
    </div>
  );
}
