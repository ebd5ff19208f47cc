import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useState } from 'react';
import { commonKeys } from '../../../core/config/setting-keys.ts';
import { getKey, type ConfigObject } from '../../../core/config/value.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import { selectorKeys, type SelectorKey } from '../../../core/config/selector-keys.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { Button } from '../../shared/Button.tsx';
import { useView } from '../../shared/use-app.ts';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { entriesOf, selectorValue } from './entries.ts';
import { FieldRow, type KeyHelp } from '../settings/FieldRow.tsx';
import { NameField } from './NameField.tsx';
import { PatternField } from './PatternField.tsx';
import { RawField } from '../settings/RawField.tsx';
import { TypesField } from './TypesField.tsx';

const helps = new Map<string, KeyHelp>(commonKeys.map((entry) => [entry.key, entry]));
const noHelp: KeyHelp = { meaning: '' };

/** What is told of a key that every mode has. */
export function helpOfKey(key: string): KeyHelp {
  return helps.get(key) ?? noHelp;
}

const positive = selectorKeys.filter((key) => !key.startsWith('exclude_'));
const excluding = selectorKeys.filter((key) => key.startsWith('exclude_'));

/** The six selectors; those that exclude are folded until they are used. */
export const SelectorSections = memo(function SelectorSections() {
  const { config } = useCard();
  const inUse = excluding.some((key) => getKey(config, key) !== undefined);
  const [asked, setAsked] = useState(false);
  const open = asked || inUse;
  return (
    <>
      {positive.map((selector) => (
        <div key={selector} data-drops={selector}>
          <SelectorSection config={config} selector={selector} />
        </div>
      ))}
      <div className="flex flex-col gap-1.5">
        <button
          type="button"
          aria-expanded={open}
          disabled={inUse}
          onClick={() => setAsked(!asked)}
          className="-ml-0.5 flex items-center gap-1 self-start rounded text-xs font-medium text-muted enabled:hover:text-text"
        >
          {open ? <ChevronDown size={12} aria-hidden="true" /> : <ChevronRight size={12} aria-hidden="true" />}
          Exclude
        </button>
        {open &&
          excluding.map((selector) => (
            <div key={selector} data-drops={selector}>
              <SelectorSection config={config} selector={selector} />
            </div>
          ))}
      </div>
    </>
  );
});

const shownAtOnce = 20;
const shownMore = 100;
const selectReveal = (state: ViewState) => state.reveal;

/** One selector with all its entries and an empty field behind them. */
function SelectorSection({ config, selector }: { readonly config: ConfigObject; readonly selector: SelectorKey }) {
  const card = useCard();
  const { set } = useValueEditor();
  const [limit, setLimit] = useState(shownAtOnce);
  const reveal = useView(selectReveal);
  const value = selectorValue(config, selector);
  if (value.type === 'other') {
    return (
      <FieldRow label={selector} help={helpOfKey(selector)} path={[selector]}>
        <RawField path={[selector]} config={config} label={selector} />
      </FieldRow>
    );
  }
  const written = entriesOf(value);
  const add = (values: readonly string[]) => set([selector], [...written, ...values]);
  if (selector.endsWith('_types')) {
    return (
      <FieldRow label={selector} help={helpOfKey(selector)} path={[selector]}>
        <TypesField selector={selector} written={written} onAdd={add} />
      </FieldRow>
    );
  }
  const wanted = reveal?.subConfigId === card.id && reveal.path?.[0] === selector ? Number(reveal.path[1] ?? 0) + 1 : 0;
  const shown = written.slice(0, Math.max(limit, wanted));
  const hidden = written.length - shown.length;
  // One list with the empty field at its end, so that it stays the same field when it becomes an entry.
  const fields = hidden > 0 ? shown : [...shown, null];
  const Field = selector.endsWith('_re') ? PatternField : NameField;
  return (
    <FieldRow label={selector} help={helpOfKey(selector)} path={[selector]}>
      <div data-selector={selector} className="flex flex-col gap-1">
        {fields.map((text, index) => (
          <Field key={index} selector={selector} index={index} value={text} onAdd={add} />
        ))}
        {hidden > 0 && (
          <Button kind="plain" size="small" onClick={() => setLimit(shown.length + shownMore)}>
            Show {Math.min(hidden, shownMore)} of {formatCount(hidden)} more
          </Button>
        )}
      </div>
    </FieldRow>
  );
}
