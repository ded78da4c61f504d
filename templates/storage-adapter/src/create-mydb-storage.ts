import {
  type Checkpoint,
  type Commit,
  type Committed,
  checkBeat,
  checkCheckpoint,
  checkCommit,
  checkDeleteQuery,
  checkDueQuery,
  checkListQuery,
  checkRead,
  incompleteHeader,
  isWholeHeader,
  mayCreate,
  STORAGE_CONTRACT,
  type Storage,
  WorkflowError,
} from '@wf/core'
import { decide } from './commit.js'
import { change, type Documents, openDocuments } from './documents.js'
import { give, keyOf, pack, parseJournal, wentThrough } from './journal.js'
import { pageOf, sliceOf } from './read.js'
import { renewSession } from './sessions.js'
import { deleteJournals, headersOf, takeDue } from './sweep.js'

export interface MydbStorageOptions {
  /** The file; it is made when it is not there. */
  readonly path: string
  /** The largest commit in bytes of facts and values. Default: as large as memory allows. */
  readonly maxCommitBytes?: number
  /** Is added to the clock of the database at each call: tests let a year pass with it. */
  readonly offsetMs?: () => number
}

export function createMydbStorage({ path, maxCommitBytes, offsetMs = () => 0 }: MydbStorageOptions): Storage {
  const documents = openDocuments(path)
  let closed = false

  const open = (): Documents => {
    if (closed) throw new WorkflowError('WF_CLOSED', `the storage ${path} has been closed: create another one`)
    return documents
  }
  const time = async (): Promise<number> => (await documents.now()) + offsetMs()

  return {
    contract: STORAGE_CONTRACT,
    capabilities: { survives: 'process', maxCommitBytes },
    async commit(commits) {
      open()
      for (const commit of commits) checkCommit(commit, maxCommitBytes)
      const given = commits.map(give)
      await checkFirsts(documents, commits)
      const now = await time()
      const answers: Committed[] = []
      // One after the other, because a later one may be based on an earlier one.
      for (const one of given) {
        const decideOne = (text: string | undefined) => decide(text === undefined ? text : parseJournal(text), one, now)
        answers.push(await change(documents, keyOf(one.journal), decideOne))
      }
      return answers
    },
    async load(reads) {
      open()
      for (const read of reads) checkRead(read)
      const found = await Promise.all(reads.map(({ journal }) => documents.get(keyOf(journal))))
      return reads.map((read, index) => {
        const text = found[index]?.text
        return text === undefined ? undefined : sliceOf(parseJournal(text), read)
      })
    },
    async checkpoint(save) {
      open()
      checkCheckpoint(save)
      await saveCheckpoint(documents, save)
    },
    async due(query) {
      open()
      checkDueQuery(query)
      return takeDue(documents, query, await time())
    },
    async renew(beat) {
      open()
      checkBeat(beat)
      return renewSession(documents, beat, await time())
    },
    async list(query) {
      open()
      checkListQuery(query)
      return pageOf(await headersOf(documents, query.namespace, query.kind), query)
    },
    async delete(query) {
      open()
      checkDeleteQuery(query)
      return deleteJournals(documents, query)
    },
    async close() {
      if (closed) return
      closed = true
      await documents.close()
    },
  }
}

/** The whole call is refused before anything of it is written, also where only the database knows that it must be. */
async function checkFirsts(documents: Documents, commits: readonly Commit[]): Promise<void> {
  const begun = new Set<string>()
  for (const commit of commits) {
    if (!mayCreate(commit)) continue
    const key = keyOf(commit.journal)
    const name = JSON.stringify(key)
    const isThere = begun.has(name) || isWholeHeader(commit.header) || (await documents.get(key)) !== undefined
    if (!isThere) throw incompleteHeader(commit.journal)
    begun.add(name)
  }
}

/** A cache: one that is older than what is stored, or of a foreign head, has no effect. */
function saveCheckpoint(documents: Documents, { journal: id, head, state }: Checkpoint): Promise<void> {
  const packed = pack(state)
  return change(documents, keyOf(id), (text) => {
    const journal = text === undefined ? undefined : parseJournal(text)
    if (journal === undefined || head.version === 0 || !wentThrough(journal, head)) return { answer: undefined }
    if (journal.checkpoint !== undefined && journal.checkpoint.head.version > head.version) return { answer: undefined }
    return { answer: undefined, text: JSON.stringify({ ...journal, checkpoint: { head, state: packed } }) }
  })
}
