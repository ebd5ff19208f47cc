import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { settingClassNames } from '../../core/config/setting-templates.ts';
import { emptyObject } from '../../core/config/value.ts';
import type { SettingTemplate } from '../../core/config/setting-templates.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { IconButton } from '../shared/Button.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { useActions, useDocument, useView } from '../shared/use-app.ts';
import { TemplateForm } from './TemplateForm.tsx';

const selectMode = (state: ViewState) => state.mode;
const selectAsked = (state: ViewState) => state.templateType;

/** Registers module types that NNI has no template for. */
export function TemplatesDialog() {
  const { setView, edit } = useActions();
  const mode = useView(selectMode);
  const asked = useView(selectAsked);
  const templates = useDocument(selectPlan).templates.filter((template) => template.mode === mode);
  const [start, setStart] = useState<SettingTemplate>(() => templates.find(({ moduleType }) => moduleType === asked) ?? { mode, moduleType: asked ?? '', setting: emptyObject });
  return (
    <Dialog
      title={`Setting templates for ${mode}`}
      width="medium"
      onClose={() => setView({ dialog: null, templateType: null })}
    >
      <p className="mb-3 text-muted">
        NNI compresses only module types that it has a template for. Here you register others; the Python export writes
        them as <code className="font-mono">{settingClassNames[mode]}.register(…)</code>.
      </p>
      {templates.length > 0 && (
        <ul aria-label="Registered types" className="mb-4 divide-y divide-line rounded border border-line">
          {templates.map((template) => {
            const { moduleType, setting } = template;
            return (
              <li key={moduleType} className="flex items-center gap-2 px-2 py-1">
                <span className="font-mono">{moduleType}</span>
                <span className="min-w-0 flex-1 truncate text-xs text-muted">
                  {setting.entries.map(([target]) => target).join(', ')}
                </span>
                <IconButton
                  size="small"
                  label={`Change ${moduleType}`}
                  icon={<Pencil size={14} />}
                  onClick={() => setStart(template)}
                />
                <IconButton
                  size="small"
                  label={`Unregister ${moduleType}`}
                  icon={<Trash2 size={14} />}
                  onClick={() => edit({ type: 'remove-template', mode, moduleType })}
                />
              </li>
            );
          })}
        </ul>
      )}
      <TemplateForm key={start.moduleType} mode={mode} start={start} />
    </Dialog>
  );
}
