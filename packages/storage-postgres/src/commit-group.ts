import { type Committed, incompleteHeader } from '@wf/core'
import type { CommitRow } from './commit-row.js'
import { isPlain, landOne, landSingle, type Outcome } from './land.js'
import { landGroup } from './land-group.js'
import { isThere } from './load.js'
import { missedOn } from './missed.js'
import { isRefusal } from './postgres-failure.js'
import type { Server } from './server.js'
import { settle } from './settle.js'

interface Waiting {
  readonly row: CommitRow
  resolve(answer: Committed): void
  reject(error: unknown): void
}

/** No statement keeps others waiting for much more than this. */
const MOST_COMMITS = 200
/** A larger one goes by itself: as an element of an array it would be escaped, sent and parsed at several times the cost. */
const LARGE = 16_384

/**
 * So many groups are under way at most: while the server works on one, the answers of the other are read here. A second
 * one is worth its statement from so many commits on.
 */
const MOST_GROUPS = 2
const ENOUGH = 12

/** Sends all commits that wait at one moment together; while a group is under way the next one gathers. */
export function createCommitGroup(
  server: Server,
  aheadMs: () => number,
): (rows: readonly CommitRow[]) => Promise<readonly Committed[]> {
  let waiting: Waiting[] = []
  const missed = missedOn(server)
  /** Journals of groups that are under way: what comes for them waits, or it would land out of turn. */
  const busy = new Set<string>()
  let groups = 0
  let willLook = false

  const look = (): void => {
    willLook = false
    while (groups < MOST_GROUPS && waiting.length >= (groups === 0 ? 1 : ENOUGH)) {
      const group = nextGroup()
      if (group.length === 0) return
      groups += 1
      void sendGroup(group)
    }
  }

  const nextGroup = (): readonly Waiting[] => {
    const isNext = ({ row }: Waiting): boolean => !busy.has(row.key)
    // Halves follow each other; as one, the server and this process would wait for each other in turn.
    const size = waiting.length < 2 * ENOUGH ? waiting.length : Math.ceil(waiting.length / (MOST_GROUPS - groups))
    const first = waiting.slice(0, Math.min(MOST_COMMITS, size))
    const group = first.filter(isNext)
    if (groups > 0 && group.length < ENOUGH) return []
    waiting = [...first.filter((one) => !isNext(one)), ...waiting.slice(first.length)]
    return group
  }

  const sendGroup = async (group: readonly Waiting[]): Promise<void> => {
    for (const { row } of group) busy.add(row.key)
    await send(group)
    for (const { row } of group) busy.delete(row.key)
    groups -= 1
    look()
  }

  const send = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await land(group.map(({ row }) => row))
      group.forEach((one, index) => {
        finish(one, outcomes[index] ?? { how: 'refused' })
      })
    } catch (error) {
      // What the server refuses for the sake of one must not fail the others.
      if (group.length > 1 && isRefusal(error)) for (const one of group) await send([one])
      else for (const one of group) one.reject(error)
    }
  }

  const land = async (rows: readonly CommitRow[]): Promise<Outcome[]> => {
    const [only] = rows
    if (only === undefined || rows.length > 1) return landGroup(server, rows, aheadMs())
    if (!isPlain(only)) return [await landSingle(server, only, aheadMs())]
    const outcome = await landOne(server, only, aheadMs())
    return [outcome.how === 'refused' && only.mode === 1 ? await landSingle(server, only, aheadMs()) : outcome]
  }

  /** What was missed, or why it did not land, is read while the next group is under way. */
  const finish = (one: Waiting, outcome: Outcome): void => {
    const again = (): Promise<Outcome> => landSingle(server, one.row, aheadMs())
    settle(server, one.row, { outcome, again, missed: () => missed(one.row) }).then(one.resolve, one.reject)
  }

  const enqueue = (row: CommitRow): Promise<Committed> =>
    new Promise((resolve, reject) => {
      const one = { row, resolve, reject }
      if (row.size > LARGE) return void send([one])
      waiting.push(one)
      if (willLook) return
      willLook = true
      queueMicrotask(look)
    })

  return async (rows) => {
    if (rows.some(({ cannotBegin }) => cannotBegin)) await checkBeginnings(server, rows)
    if (!mustFollow(rows)) return all(rows.map(enqueue))
    const answers: Committed[] = []
    for (const row of rows) answers.push(await enqueue(row))
    return answers
  }
}

/** A large commit would be overtaken by others of its call to the same journal. */
function mustFollow(rows: readonly CommitRow[]): boolean {
  return rows.some(({ size }) => size > LARGE) && new Set(rows.map(({ key }) => key)).size < rows.length
}

/** A call is over when all of its commits are, also where one has failed. */
async function all(answers: readonly Promise<Committed>[]): Promise<Committed[]> {
  await Promise.allSettled(answers)
  return Promise.all(answers)
}

/** A commit that cannot begin its journal refuses the call before anything of it is written. */
async function checkBeginnings(server: Server, rows: readonly CommitRow[]): Promise<void> {
  const begun = new Set<string>()
  for (const { key, cannotBegin, givenVersion, commit } of rows) {
    if (cannotBegin && !begun.has(key) && !(await isThere(server, key))) throw incompleteHeader(commit.journal)
    if (!cannotBegin && givenVersion === 0) begun.add(key)
  }
}
