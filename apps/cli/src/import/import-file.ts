import type { Checkpoint, HistoryItem, Store, Workspace } from "@wend/core";
import { beginImport, importBatch } from "@wend/core";
import type { SourceFile } from "./hash-file.ts";
import { hashFile } from "./hash-file.ts";
import type { LoadedMap } from "./load-map.ts";
import type { MappedRow } from "./map-file.ts";
import { mapFile } from "./map-file.ts";
import type { Progress } from "./progress.ts";
import type { Reject, RejectFile } from "./rejects.ts";
import { openRejects } from "./rejects.ts";

export interface ImportJob {
  readonly file: string;
  readonly map: LoadedMap;
  readonly store: Store;
  readonly workspace: Pick<Workspace, "id">;
  /** Where rows go that do not fit the mapping. */
  readonly rejectsFile: string;
  /** Makes the display once the file's size is known. */
  readonly showProgress?: ((totalBytes: number) => Progress) | undefined;
  /** Events of one transaction. */
  readonly batchItems?: number;
}

export interface ImportResult {
  readonly importId: string;
  /** Events that this run stored. */
  readonly stored: number;
  /** Rows that were not taken, those of earlier runs included. */
  readonly rejected: number;
  /** The line after which this run went on; 0 when it began at the beginning. */
  readonly resumedAt: number;
  /** Whether an earlier run had finished: then this one did nothing. */
  readonly wasFinished: boolean;
}

/** Half of the file's hash is enough to tell files apart, and stands in every message id. */
export const importIdOf = ({ hash }: SourceFile): string => hash.slice(0, 32);

/**
 * Stores a file's rows as history: no inbox row, no trigger, no send. Batch by batch, each in one transaction with
 * the checkpoint, so that a run that was killed goes on without a duplicate. Throws `import.*`, `store.*`.
 */
export async function importFile(job: ImportJob): Promise<ImportResult> {
  const file = await hashFile(job.file);
  const importId = importIdOf(file);
  const { store, workspace, map } = job;
  const state = await beginImport(store, workspace, { id: importId, fileHash: file.hash, map: map.fingerprint });
  if (state.finishedAt !== null) {
    return { importId, stored: 0, rejected: state.rejected, resumedAt: state.line, wasFinished: true };
  }
  const rejects = await openRejects(job.rejectsFile, state.line);
  const writer = createWriter({ job, importId, rejects, from: state });
  const progress = job.showProgress?.(file.size);
  try {
    const now = store.clock.fixed() ?? Date.now();
    for await (const rows of mapFile({ file, map: map.map, importId, now })) {
      await writeRows(rows, { writer, progress, size: job.batchItems ?? defaultBatchItems });
    }
    await writer.flush(true);
  } finally {
    progress?.done();
    await rejects.close();
  }
  return { importId, stored: writer.stored(), rejected: writer.rejected(), resumedAt: state.line, wasFinished: false };
}

/** Enough that a statement's own cost is nothing, and little enough that the bar moves. */
const defaultBatchItems = 2_000;

interface Writing {
  readonly writer: Writer;
  readonly progress: Progress | undefined;
  readonly size: number;
}

async function writeRows(rows: readonly MappedRow[], { writer, progress, size }: Writing): Promise<void> {
  for (const row of rows) {
    writer.add(row);
    if (writer.waiting() < size) continue;
    await writer.flush(false);
    progress?.update({ bytes: row.end, rows: writer.done() });
  }
  const last = rows.at(-1);
  if (last) progress?.update({ bytes: last.end, rows: writer.done() });
}

interface Writer {
  add(row: MappedRow): void;
  /** Rows gathered and not written. */
  waiting(): number;
  flush(last: boolean): Promise<void>;
  stored(): number;
  rejected(): number;
  /** Rows that this run dealt with. */
  done(): number;
}

interface WriterSetup {
  readonly job: ImportJob;
  readonly importId: string;
  readonly rejects: RejectFile;
  readonly from: Checkpoint;
}

function createWriter({ job, importId, rejects, from }: WriterSetup): Writer {
  let items: HistoryItem[] = [];
  let refused: Reject[] = [];
  let checkpoint: Checkpoint = { line: from.line, rejected: from.rejected };
  let reached = from.line;
  let stored = 0;
  let done = 0;
  return {
    add: ({ lastLine, result }) => {
      // Mapped for what it says about later lines; stored by an earlier run.
      if (lastLine <= from.line) return;
      if ("item" in result) items.push(result.item);
      else refused.push(result.reject);
      reached = lastLine;
    },
    waiting: () => items.length + refused.length,
    flush: async (last) => {
      const to = { line: reached, rejected: checkpoint.rejected + refused.length };
      // Before the checkpoint: what a killed process wrote behind it is taken out by the next run.
      await rejects.add(refused);
      const written = await importBatch(job.store, job.workspace, { importId, items, from: checkpoint, to, last });
      stored += written.stored;
      done += items.length + refused.length;
      checkpoint = to;
      items = [];
      refused = [];
    },
    stored: () => stored,
    rejected: () => checkpoint.rejected,
    done: () => done,
  };
}
