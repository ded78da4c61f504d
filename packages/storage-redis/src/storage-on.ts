import {
  type Checkpoint,
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
import { commitAll } from './commit.js'
import { createCommitGroup } from './commit-group.js'
import type { Connection } from './connection.js'
import { deleteJournals } from './delete.js'
import { takeDue } from './due.js'
import type { KeySpace } from './key-space.js'
import { listJournals } from './list.js'
import { loadAll } from './load.js'
import { prepare } from './prepare.js'
import { sentCommit } from './sent-commit.js'
import { renewSession } from './sessions.js'

export interface StorageSettings {
  readonly prefix: string
  readonly partitions: number | undefined
  readonly capabilities: StorageCapabilities
}

/** A storage that can also be asked whether its server can be used. */
export interface RedisStorage extends Storage {
  /** Connects if nothing has yet, and checks what first calls check. Never rejects. */
  health(): Promise<Health>
}

/** The methods of the contract. The first call of a connection finds out whether the server keeps what is promised. */
export function storageOn(connection: Connection, { prefix, partitions, capabilities }: StorageSettings): RedisStorage {
  const { client, server } = connection
  const { maxCommitBytes, survives } = capabilities
  const commitOne = createCommitGroup(connection)
  const underWay = new Set<Promise<unknown>>()
  let opening: Promise<KeySpace> | undefined
  let closing: Promise<void> | undefined

  const forget = (): void => {
    opening = undefined
  }
  // What comes back may be another server, or this one without what it held.
  client.on('close', forget)

  const open = (): Promise<KeySpace> => {
    if (opening !== undefined) return opening
    const begun = prepare(connection, { prefix, partitions, survives })
    opening = begun
    begun.catch(() => {
      if (opening === begun) forget()
    })
    return begun
  }

  /** What is checked is copied where it is large, so that what the caller does to it later changes nothing. */
  const call = async <Checked, Answer>(
    check: () => Checked,
    work: (keys: KeySpace, checked: Checked) => Promise<Answer>,
  ): Promise<Answer> => {
    if (closing !== undefined) throw closed(server)
    const checked = check()
    const answer = open().then((keys) => work(keys, checked))
    underWay.add(answer)
    try {
      return await answer
    } finally {
      underWay.delete(answer)
    }
  }

  const close = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.allSettled(underWay)
    client.off('close', forget)
    connection.close()
  }

  return {
    contract: STORAGE_CONTRACT,
    capabilities: Object.freeze({ ...capabilities }),
    commit: (commits) =>
      call(
        () => {
          for (const commit of commits) checkCommit(commit, maxCommitBytes)
          return commits.map(sentCommit)
        },
        (keys, sent) => commitAll(connection, keys, { commits: sent, commitOne }),
      ),
    load: (reads) =>
      call(
        () => reads.forEach(checkRead),
        (keys) => loadAll(connection, keys, reads),
      ),
    checkpoint: (save) =>
      call(
        () => copyOf(save),
        (keys, copy) => saveCheckpoint(connection, keys, copy),
      ),
    due: (query) =>
      call(
        () => checkDueQuery(query),
        (keys) => takeDue(connection, keys, query),
      ),
    renew: (beat) =>
      call(
        () => checkBeat(beat),
        (keys) => renewSession(connection, keys, beat),
      ),
    list: (query) =>
      call(
        () => checkListQuery(query),
        (keys) => listJournals(connection, keys, query),
      ),
    delete: (query) =>
      call(
        () => checkDeleteQuery(query),
        (keys) => deleteJournals(connection, keys, query),
      ),
    async health() {
      const begunAt = performance.now()
      try {
        await call(
          () => undefined,
          async () => undefined,
        )
        const sentAt = performance.now()
        await connection.within(() => client.ping())
        return { ok: true, server, roundTripMs: performance.now() - sentAt }
      } catch (error) {
        const because = error instanceof Error ? error.message : String(error)
        return { ok: false, server, roundTripMs: performance.now() - begunAt, because }
      }
    },
    close() {
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

function closed(server: string): WorkflowError {
  return new WorkflowError('WF_CLOSED', `the storage on ${server} has been closed: create another one`)
}
