import { Plus } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { commonKeys } from '../../../core/config/setting-keys.ts';
import { getKey, type ConfigObject } from '../../../core/config/value.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import { selectorKeys, type SelectorKey } from '../../../core/config/selector-keys.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { Button, IconButton } from '../../shared/Button.tsx';
import { useAfterPress } from '../../shared/use-after-press.ts';
import { useView } from '../../shared/use-app.ts';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { entriesOf, selectorValue } from './entries.ts';
import { FieldRow, HelpLabel, type KeyHelp } from '../settings/FieldRow.tsx';
import { FieldFindings } from '../card/CardFindings.tsx';
import { AddCondition } from './AddCondition.tsx';
import { NameField } from './NameField.tsx';
import { PatternField } from './PatternField.tsx';
import { RawField } from '../settings/RawField.tsx';
import { TypesField } from './TypesField.tsx';

const helps = new Map<string, KeyHelp>(commonKeys.map((entry) => [entry.key, entry]));
const noHelp: KeyHelp = { meaning: '' };

/** The help for a key that every mode has. */
export function helpOfKey(key: string): KeyHelp {
  return helps.get(key) ?? noHelp;
}

/** The selectors that are filled in, and a menu that adds another. */
export const SelectorSections = memo(function SelectorSections() {
  const { config } = useCard();
  const [asked, setAsked] = useState<SelectorKey | null>(null);
  const shown = selectorKeys.filter((key) => key === asked || getKey(config, key) !== undefined);
  return (
    <div className="flex flex-col gap-2">
      {shown.map((selector) => (
        <div key={selector} data-drops={selector}>
          <SelectorSection
            config={config}
            selector={selector}
            isAsked={selector === asked}
            onLeave={() => setAsked((now) => (now === selector ? null : now))}
          />
        </div>
      ))}
      <AddCondition present={shown} onAdd={setAsked} />
    </div>
  );
});

const shownAtOnce = 20;
const shownMore = 100;
const selectPlace = (state: ViewState) => state.reveal?.place ?? null;
const nouns = { _re: 'pattern', pes: 'type', mes: 'name' } as const;

/** The noun for one entry of a selector. */
function entryNoun(selector: SelectorKey): string {
  return nouns[selector.slice(-3) as keyof typeof nouns];
}

/** One selector with all its entries; an empty field follows while one is added. */
function SelectorSection({ config, selector, isAsked, onLeave }: {
  readonly config: ConfigObject;
  readonly selector: SelectorKey;
  /** Whether it was just chosen from the menu: then it has an empty field. */
  readonly isAsked: boolean;
  readonly onLeave: () => void;
}) {
  const card = useCard();
  const { set, remove } = useValueEditor();
  const [limit, setLimit] = useState(shownAtOnce);
  const [adding, setAdding] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const afterPress = useAfterPress();
  const place = useView(selectPlace);
  // An empty field that was asked for takes the focus as it comes.
  useEffect(() => {
    if (!adding && !isAsked) return;
    const fieldsThere = list.current?.querySelectorAll<HTMLElement>('input, textarea');
    fieldsThere?.[fieldsThere.length - 1]?.focus();
  }, [adding, isAsked]);
  const value = selectorValue(config, selector);
  if (value.type === 'other') {
    return (
      <FieldRow label={selector} help={helpOfKey(selector)} path={[selector]}>
        <RawField path={[selector]} config={config} label={selector} />
      </FieldRow>
    );
  }
  const written = entriesOf(value);
  const close = () => {
    setAdding(false);
    onLeave();
  };
  const add = (values: readonly string[]) => {
    close();
    set([selector], [...written, ...values]);
  };
  const removeAt = (index: number) => {
    if (index < written.length) remove(written.length === 1 ? [selector] : [selector, index]);
    else afterPress(close);
  };
  if (selector.endsWith('_types')) {
    return (
      <FieldRow label={selector} help={helpOfKey(selector)} path={[selector]}>
        <TypesField selector={selector} written={written} takesFocus={isAsked} onAdd={add} onRemove={removeAt} />
      </FieldRow>
    );
  }
  const path = place?.type === 'sub-config' && place.subConfigId === card.id ? (place.path ?? []) : [];
  const wanted = path[0] === selector ? Number(path[1] ?? 0) + 1 : 0;
  const shown = written.slice(0, Math.max(limit, wanted));
  const hidden = written.length - shown.length;
  const isOpen = hidden === 0 && (adding || isAsked || written.length === 0);
  // One list with the empty field at its end, so that it stays the same field when it becomes an entry.
  const fields = isOpen ? [...shown, null] : shown;
  const Field = selector.endsWith('_re') ? PatternField : NameField;
  const noun = entryNoun(selector);
  return (
    <section data-key={selector} aria-label={`${selector}, sub-config ${card.number}`} className="flex flex-col gap-0.5">
      <div className="flex h-6 items-center gap-1">
        <HelpLabel label={selector} help={helpOfKey(selector)} />
        {!isOpen && (
          <IconButton
            size="small"
            label={`Add a ${noun} to ${selector}, sub-config ${card.number}`}
            hint={`Add a ${noun} (Enter in the last one)`}
            icon={<Plus size={12} />}
            onClick={() => {
              setLimit(written.length);
              setAdding(true);
            }}
          />
        )}
      </div>
      <div
        data-selector={selector}
        ref={list}
        className="flex flex-col gap-1"
      >
        {fields.map((text, index) => (
          <Field
            key={index}
            selector={selector}
            index={index}
            value={text}
            onAdd={add}
            onNext={() => setAdding(true)}
            onRemove={removeAt}
          />
        ))}
        {hidden > 0 && (
          <Button kind="plain" size="small" onClick={() => setLimit(shown.length + shownMore)}>
            Show {Math.min(hidden, shownMore)} of {formatCount(hidden)} more
          </Button>
        )}
      </div>
      <FieldFindings path={[selector]} />
    </section>
  );
}
