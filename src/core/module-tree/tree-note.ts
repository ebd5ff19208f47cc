import type { GraphFault } from './model-graph.ts';
import type { ReadingReport } from './reading-report.ts';
import type { TreeDisagreement } from './tree-disagreement.ts';

/** The first few of several things, and how many there are in all. */
export interface Listed<Item> {
  readonly first: readonly Item[];
  readonly count: number;
}

/** Something that may be a model and was not read. */
export interface OtherModel {
  /** Name of the folder or key; empty for the top level of a checkpoint. */
  readonly name: string;
  /** How many tensors it has; null for a pickled module. */
  readonly tensors: number | null;
}

/** Why some of several files were not read. */
export type NotReadReason = 'not-in-index' | 'same-weights' | 'no-model';

/** The model that was read out of several, and the models that were not read. */
type ChoiceNote =
  /** Printed models of one text; lines count from 1. */
  | { readonly type: 'several-prints'; readonly count: number; readonly firstLine: number; readonly lastLine: number }
  /** Keys of one checkpoint. */
  | { readonly type: 'others-in-checkpoint'; readonly others: Listed<OtherModel> }
  /** An error of `load_state_dict` names only some tensors of the model, or only tensors of the checkpoint that the model lacks. */
  | { readonly type: 'load-error'; readonly of: 'model' | 'checkpoint' }
  /** Folders that were dropped together; `folder` is empty where files outside of folders are read. */
  | { readonly type: 'several-folders'; readonly folder: string; readonly others: Listed<OtherModel> };

/** Something a reader noticed that is no error, as data. Worded in `readers/messages/note-wording.ts`. */
export type TreeNote =
  | ChoiceNote
  | { readonly type: 'implied-parents'; readonly count: number; readonly first: string }
  | { readonly type: 'reordered' }
  | { readonly type: 'types-unknown' }
  /** A module is said to be shared with one that the source does not have. */
  | { readonly type: 'shared-with-missing'; readonly name: string; readonly first: string }
  /** The source has a graph that breaks the format; the tree has none. */
  | { readonly type: 'graph-broken'; readonly fault: GraphFault }
  /** How the lines of a text were understood. */
  | { readonly type: 'reading'; readonly report: ReadingReport }
  /** Characters that are not UTF-8, on these lines (from 1). */
  | { readonly type: 'wrong-characters'; readonly characters: number; readonly lines: Listed<number> }
  /** Names of modules with the shapes of their outputs, as hooks print them. */
  | { readonly type: 'output-shapes' }
  /** Parameters next to whose names the list has False or frozen. */
  | { readonly type: 'frozen-in-list'; readonly count: number }
  /** The children of a model were printed without the model itself. */
  | { readonly type: 'children-listed' }
  /** The line before the model prints a part of it: `print(model.module.layer1)`. */
  | { readonly type: 'part-printed'; readonly expression: string }
  /** The children of a numbered container go from `after` to `next`: a line may be missing. `more` containers are like it. */
  | { readonly type: 'numbers-skipped'; readonly module: string; readonly after: number; readonly next: number; readonly more: number }
  /** The indentation of this line of a printed model (from 1), and of `more` lines, does not fit its parentheses: a line may be missing. */
  | { readonly type: 'indents-disagree'; readonly line: number; readonly more: number }
  /** A parenthesis ends the printed model on `line`, and on line `next` a part of a model, or one more parenthesis, follows. */
  | { readonly type: 'ends-early'; readonly line: number; readonly next: number }
  /** Types that print themselves without the modules inside them. */
  | { readonly type: 'hidden-modules'; readonly types: readonly string[] }
  /** The text compares two prints, and its new side was read. */
  | { readonly type: 'new-side-of-diff'; readonly removed: number }
  /** The model was printed as one value among others, under this name. */
  | { readonly type: 'print-in-value'; readonly name: string }
  | { readonly type: 'printed-torchscript' }
  | { readonly type: 'printed-quantized' }
  | { readonly type: 'saved-torchscript' }
  | { readonly type: 'exported-program' }
  | { readonly type: 'onnx-names' }
  /** Modules and data flow come from a program that another exporter than NNI's tracer recorded. */
  | { readonly type: 'recorded-flow'; readonly by: 'torch.export' | 'ONNX' }
  /** Which modules a table leaves out: torchinfo, torch.fx, Ultralytics, Lightning. */
  | { readonly type: 'table-of-calls' | 'table-of-called-modules' | 'table-of-layers' | 'table-to-a-depth' }
  /** The keys of a checkpoint that lead to the model. */
  | { readonly type: 'place-in-checkpoint'; readonly path: readonly string[] }
  | { readonly type: 'wrong-check-sum' }
  /** A file of weights ends before its last tensor; names and shapes are complete. */
  | { readonly type: 'weights-cut'; readonly missingBytes: number }
  /** Weights whose tensors are packed by a quantizer. */
  | { readonly type: 'packed-weights'; readonly names: Listed<string> }
  /** The weights of an adapter (`kind` as peft names it) for a base model, if that is named. */
  | { readonly type: 'adapter'; readonly kind: string; readonly base: string | null }
  | { readonly type: 'missing-shards'; readonly first: string; readonly count: number }
  | { readonly type: 'files-not-read'; readonly reason: NotReadReason; readonly files: Listed<string> }
  /** Names of a second file that were matched after a prefix was added or removed. */
  | { readonly type: 'names-matched'; readonly model: string; readonly count: number }
  | { readonly type: 'files-disagree'; readonly first: TreeDisagreement; readonly more: number }
  /** A note of a tree that an earlier version stored in this browser, as a sentence. */
  | { readonly type: 'earlier-version'; readonly text: string; readonly isChoice: boolean };

/** Whether a note says which of several models was read; such a note is shown first. */
export function isChoice(note: TreeNote): boolean {
  return (
    note.type === 'several-prints' ||
    note.type === 'others-in-checkpoint' ||
    note.type === 'several-folders' ||
    note.type === 'load-error' ||
    (note.type === 'earlier-version' && note.isChoice)
  );
}

/** The first `most` of the items, and their number. */
export function listFirst<Item>(items: readonly Item[], most: number): Listed<Item> {
  return { first: items.slice(0, most), count: items.length };
}

/** A note as earlier versions stored it: a sentence. */
export type SentenceNote = { readonly type: 'text'; readonly text: string } | { readonly type: 'choice'; readonly text: string };

/** A stored note as one of this version. */
export function currentNote(note: TreeNote | SentenceNote): TreeNote {
  if (note.type !== 'text' && note.type !== 'choice') return note;
  return { type: 'earlier-version', text: note.text, isChoice: note.type === 'choice' };
}
