import { Save } from 'lucide-react';
import type { FileLinkState } from '../../store/file-link-store.ts';
import { Button } from '../shared/Button.tsx';
import { earlyActions } from '../actions/early-actions.ts';
import { keysOf } from '../actions/page-action.ts';
import { useActions, useFileLink } from '../shared/use-app.ts';

const selectFile = (state: FileLinkState) => state.file;
const selectEdited = (state: FileLinkState) => state.isEdited;
const selectSaving = (state: FileLinkState) => state.isSaving;

/** Saves the list to the file that it came from; a dot says that the two differ. */
export function SaveButton() {
  const { saveFile } = useActions();
  const file = useFileLink(selectFile);
  const isEdited = useFileLink(selectEdited);
  const isSaving = useFileLink(selectSaving);
  if (!file) return null;
  const what = file.writes === 'file' ? `Save to ${file.name}` : `Download ${file.name} with your changes`;
  return (
    <span className="header-save inline-flex">
      <Button
        icon={
          <span className="relative">
            <Save size={14} aria-hidden="true" />
            {isEdited && <span className="absolute -top-1 -right-1 size-2 rounded-full bg-later" />}
          </span>
        }
        disabled={!isEdited || isSaving}
        title={`${what} (${keysOf(earlyActions['keep-state'])})`}
        onClick={() => void saveFile()}
      >
        <span className="header-label max-[760px]:sr-only">Save</span>
      </Button>
      <span role="status" className="sr-only">
        {isSaving ? `Saving ${file.name}` : isEdited ? `${file.name}: not saved` : `${file.name}: saved`}
      </span>
    </span>
  );
}
