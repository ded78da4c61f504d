import { hashGraph } from '../graph/hash-graph.js'
import { saveState } from '../machine/index.js'
import type { DriverSettings } from './driver.js'
import type { Fold } from './fold.js'
import { runJournal } from './journal-store.js'

/** Stores the fold once the facts behind the last checkpoint outweigh it, so that all checkpoints together stay linear. */
export function saveCheckpoint(
  { storage, checkpointBytes, namespace, logger }: DriverSettings,
  runId: string,
  fold: Fold,
): void {
  if (!storage || fold.tailBytes < Math.max(checkpointBytes, fold.checkpointBytes)) return
  const state = JSON.stringify({ graphHash: hashGraph(fold.graph), ...saveState(fold.state) })
  fold.tailBytes = 0
  fold.checkpointBytes = state.length
  storage.checkpoint({ journal: runJournal(namespace, runId), head: fold.head, state }).catch((error: unknown) => {
    logger.warn({ runId, err: error }, `the checkpoint of run "${runId}" was not stored`)
  })
}
