import type { RewriteFileError } from '../../core/plan/rewrite-file.ts';
import type { FileFault, FileProblem, WriteFault } from '../../store/file-link-store.ts';
import { wordImportError } from '../import-export/import-wording.ts';

/** A problem with the file called `name` in words: the fact, and the way out. Names come from outside: show it as text. */
export function wordFileProblem(problem: FileProblem, name: string): { readonly title: string; readonly text: string } {
  switch (problem.type) {
    case 'both-changed':
      return { title: `${name} changed on disk, and you changed the list here.`, text: 'Until you choose, nothing is written to it. Your list is kept.' };
    case 'not-allowed':
      return { title: `${name} is not followed yet.`, text: 'After a reload, this browser asks you before the page may read and save the file.' };
    case 'unreadable':
      return { title: `${problem.name} cannot be read.`, text: `${wordFileFault(problem.fault)} The page takes it when it is corrected.` };
    case 'not-written':
      return { title: `${name} was not saved.`, text: wordWriteFault(problem.fault, name) };
    case 'not-linked':
      return { title: `Save does not write to ${problem.name}.`, text: 'A part of this page could not be fetched. Your list is kept in this browser; check the connection, then open the file again.' };
    case 'gone':
      return { title: 'Espalier in the terminal does not answer.', text: 'Your list is kept in this browser. Start espalier again to save it to the file, or export it.' };
    default:
      return problem satisfies never;
  }
}

/** Why the content of a file cannot be taken. */
function wordFileFault(fault: FileFault): string {
  switch (fault.type) {
    case 'import':
      return wordImportError(fault.error);
    case 'undecided':
      return `The script does not decide ${fault.keys.join(', ')}. Start espalier with --set '${fault.keys[0] ?? 'args.sparsity'}=${fault.suggestion}'.`;
    case 'not-read':
      return fault.reason;
  }
}

function wordWriteFault(fault: WriteFault, name: string): string {
  switch (fault.type) {
    case 'broken-text':
      return `The text in the JSON editor (${fault.mode}) has an error. Correct it first.`;
    case 'form':
      return wordRewriteError(fault.error, name);
    case 'failed':
      return fault.reason;
  }
}

/** Why a list was not written into its file, and the way out. */
function wordRewriteError(error: RewriteFileError, name: string): string {
  switch (error.type) {
    case 'made-in-steps':
      return `${name} makes ${error.name === '' ? 'its list' : error.name} (line ${error.line}) in steps, as in a loop, so the new list cannot be put in its place. Export the list instead.`;
    case 'empty-list':
      return `The list is empty, and nothing else in ${name} (line ${error.line}) shows that ${error.name === '' ? 'it' : error.name} is a config list: Espalier would not find it again. Keep a sub-config, or clear the list in the file yourself.`;
    case 'read-only-form':
      return `Espalier reads this form of ${name}, but does not write it. Export the list as JSON or Python instead.`;
  }
}
