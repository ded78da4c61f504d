import {
  type Checkpoint,
  type Commit,
  checkBeat,
  checkCheckpoint,
  checkCommit,
  checkDeleteQuery,
  checkDueQuery,
  checkListQuery,
  checkRead,
  type Health,
  STORAGE_CONTRACT,
  type Storage,
  type StorageCapabilities,
  WorkflowError,
} from '@wf/core'
import { saveCheckpoint } from './checkpoint.js'
import { createCommitGroup } from './commit-group.js'
import { type CommitRow, rowOf } from './commit-row.js'
import { deleteJournals } from './delete.js'
import { takeDue } from './due.js'
import { listJournals } from './list.js'
import { loadJournals } from './load.js'
import type { Server } from './server.js'
import { renewSession } from './sessions.js'

export interface PostgresStorage extends Storage {
  /** Whether the server answers, and how quickly. */
  health(): Promise<Health>
}

export interface StorageSettings {
  readonly capabilities: StorageCapabilities
  /** How far the storage's clock is ahead of the server's, in whole milliseconds. */
  readonly aheadMs: () => number
  /** Done before the first call. Where it fails so does the call, and the next one tries again. */
  readonly prepare: () => Promise<void>
}

export function storageOn(server: Server, { capabilities, aheadMs, prepare }: StorageSettings): PostgresStorage {
  const { maxCommitBytes } = capabilities
  const commit = createCommitGroup(server, aheadMs)
  const underWay = new Set<Promise<unknown>>()
  let prepared: Promise<void> | undefined
  let closing: Promise<void> | undefined

  const ready = (): Promise<void> => {
    prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined
      throw error
    })
    return prepared
  }

  /** Every call that was accepted is finished before the connections are closed. */
  const call = async <Checked, Answer>(
    check: () => Checked,
    work: (checked: Checked) => Promise<Answer>,
  ): Promise<Answer> => {
    if (closing !== undefined) throw closed(server.name)
    const checked = check()
    const answer = ready().then(() => work(checked))
    underWay.add(answer)
    try {
      return await answer
    } finally {
      underWay.delete(answer)
    }
  }

  const close = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.allSettled(underWay)
    await server.close()
  }

  return {
    contract: STORAGE_CONTRACT,
    capabilities: Object.freeze({ ...capabilities }),
    commit: (commits) =>
      call(
        () => rowsOf(commits, maxCommitBytes),
        (rows) => commit(rows),
      ),
    load: (reads) =>
      call(
        () => reads.forEach(checkRead),
        () => loadJournals(server, reads),
      ),
    checkpoint: (save) =>
      call(
        () => copyOf(save),
        (copy) => saveCheckpoint(server, copy),
      ),
    due: (query) =>
      call(
        () => checkDueQuery(query),
        () => takeDue(server, query, aheadMs()),
      ),
    renew: (beat) =>
      call(
        () => checkBeat(beat),
        () => renewSession(server, beat, aheadMs()),
      ),
    list: (query) =>
      call(
        () => checkListQuery(query),
        () => listJournals(server, query),
      ),
    delete: (query) =>
      call(
        () => checkDeleteQuery(query),
        () => deleteJournals(server, query),
      ),
    health: async () => (closing === undefined ? healthOf(server) : unhealthy(server, closed(server.name))),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

function copyOf(save: Checkpoint): Checkpoint {
  checkCheckpoint(save)
  const { state } = save
  return typeof state === 'string' ? save : { ...save, state: Uint8Array.from(state) }
}

async function healthOf(server: Server): Promise<Health> {
  const begun = performance.now()
  try {
    await server.ask('select 1', [])
    return { ok: true, server: server.name, roundTripMs: performance.now() - begun }
  } catch (error) {
    return unhealthy(server, error)
  }
}

function unhealthy(server: Server, error: unknown): Health {
  return { ok: false, server: server.name, because: error instanceof Error ? error.message : String(error) }
}

/** Packed at once: what the caller does to its objects later changes nothing. */
function rowsOf(commits: readonly Commit[], maxCommitBytes: number | undefined): CommitRow[] {
  for (const commit of commits) checkCommit(commit, maxCommitBytes)
  return commits.map(rowOf)
}

function closed(name: string): WorkflowError {
  return new WorkflowError('WF_CLOSED', `the storage on ${name} has been closed: create another one`)
}
