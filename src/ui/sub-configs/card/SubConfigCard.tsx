import { memo, useMemo, useState, type FocusEvent } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import type { SubConfig } from '../../../core/plan/plan.ts';
import type { SelectorKey } from '../../../core/config/selector-keys.ts';
import { useAfterPress } from '../../shared/use-after-press.ts';
import { useActions, useStores, useView } from '../../shared/use-app.ts';
import { CardContext, type Card } from './card-context.ts';
import { CardFindings } from './CardFindings.tsx';
import { CardHeader } from './CardHeader.tsx';
import { entriesOf, selectorValue } from '../selectors/entries.ts';
import { placeFindings } from './finding-places.ts';
import { SelectorSections } from '../selectors/SelectorSection.tsx';
import { AddSetting } from '../settings/AddSetting.tsx';
import { FullForm } from '../settings/FullForm.tsx';
import { SettingsSection } from '../settings/SettingsSection.tsx';
import { TargetSettingsSection } from '../settings/TargetSettingsSection.tsx';
import { TargetsSection } from '../settings/TargetsSection.tsx';
import { useOwnFindings, useResolvedIndex, useSubConfig, useSubConfigView } from './use-card-state.ts';
import { useIsClosed, useToggle } from './use-open-cards.ts';
import { useKeepFocus } from './use-keep-focus.ts';
import { useModuleDrop } from './use-module-drop.ts';
import { useSettled } from './use-settled.ts';
import { useShownFindings } from './use-shown-findings.ts';

/**
 * One sub-config: its selection, targets and settings. Renders again only for its own changes; while a pattern
 * of it is typed only the field of that pattern follows at once, the card when the typing pauses.
 */
export const SubConfigCard = memo(function SubConfigCard({ id, mode, isMember = false }: {
  readonly id: string;
  readonly mode: Mode;
  /** It is in the card of its family, closed until it is opened. */
  readonly isMember?: boolean;
}) {
  const { subConfig, number } = useSubConfig(mode, id);
  const typed = useView((state) => (state.draft?.subConfigId === id ? state.draft.key : null));
  const shown = useSettled(subConfig, (before, now) => typed !== null && sameLength(before, now, typed));
  if (!subConfig || !shown) return null;
  return <CardBody subConfig={shown} number={number} mode={mode} isMember={isMember} />;
});

/** Whether a selector has as many entries as before. */
function sameLength(before: SubConfig | undefined, now: SubConfig | undefined, selector: SelectorKey): boolean {
  const [length, lengthNow] = [before, now].map((one) => one && entriesOf(selectorValue(one.config, selector)).length);
  return length === lengthNow;
}

const CardBody = memo(function CardBody({ subConfig, number, mode, isMember }: {
  readonly subConfig: SubConfig;
  readonly number: number;
  readonly mode: Mode;
  readonly isMember: boolean;
}) {
  const { id, enabled, config } = subConfig;
  const collapsed = useIsClosed(id, isMember);
  const index = useResolvedIndex(mode, id);
  const resolved = useSubConfigView(mode, index);
  const view = enabled ? resolved : null;
  const [isUsed, setUsed] = useState(false);
  const own = useShownFindings(useOwnFindings(mode, enabled ? index : -1), config, isUsed);
  const findings = useMemo(() => placeFindings(own, config), [own, config]);
  const card = useMemo((): Card => {
    return { id, mode, number, cardName: `sub-config ${number}`, ids: [id], config, view, findings };
  }, [id, mode, number, config, view, findings]);
  const highlight = useHighlight(id, setUsed);
  const toggle = useToggle(id, isMember);
  const keepFocus = useKeepFocus();
  const { over, handlers } = useModuleDrop(card);
  return (
    <CardContext value={card}>
      <article
        aria-label={`Sub-config ${number}`}
        data-sub-config={id}
        {...highlight}
        {...handlers}
        onFocusCapture={keepFocus}
        className={`@container rounded-md border bg-surface [contain-intrinsic-size:auto_14rem] [content-visibility:auto] ${over ? 'border-line-strong ring-2 ring-line-strong' : 'border-line'}`}
      >
        <CardHeader subConfig={subConfig} collapsed={collapsed} findings={own} onToggle={toggle} />
        {!collapsed && (
          // Each part is painted apart: a letter that is typed in one of them leaves the others as they are.
          <div className={`flex flex-col gap-2 px-3 pt-0.5 pb-2.5 *:isolate ${enabled ? '' : 'opacity-75'}`}>
            <SelectorSections />
            <TargetsSection />
            <SettingsSection path={[]} />
            <TargetSettingsSection />
            <AddSetting path={[]} />
            <FullForm />
            <CardFindings />
          </div>
        )}
      </article>
    </CardContext>
  );
});

/** While the pointer or the focus is on a card, its modules are marked in the tree; `onUse` reports the focus. */
function useHighlight(id: string, onUse: (isUsed: boolean) => void) {
  const { setView } = useActions();
  const { view } = useStores();
  const afterPress = useAfterPress();
  const show = (highlightedSubConfig: string | null) => {
    if (view.getState().highlightedSubConfig !== highlightedSubConfig) setView({ highlightedSubConfig });
  };
  return {
    onPointerEnter: () => show(id),
    onPointerLeave: () => show(null),
    onFocus: () => {
      onUse(true);
      show(id);
    },
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (event.currentTarget.contains(event.relatedTarget)) return;
      // Findings that have waited show now: they would move what is being pressed below them.
      afterPress(() => onUse(false));
      show(null);
    },
  };
}
