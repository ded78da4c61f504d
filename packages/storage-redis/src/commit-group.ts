import type { Committed, StoredCommit } from '@wf/core'
import { type Asked, answerOf, type Further, givenOf } from './commit-answer.js'
import { type Connection, listOf, replyOf, type ScriptCall } from './connection.js'
import type { KeySpace } from './key-space.js'
import { tagOf } from './pack-commit.js'
import { commitScript } from './scripts/commit-script.js'
import type { SentCommit } from './sent-commit.js'
import { type Argument, exactly } from './text.js'

interface Waiting extends Asked {
  readonly script: Pick<ScriptCall, 'keys' | 'args'>
  /** About what it weighs, in bytes. */
  readonly size: number
  settle(answer: Promise<Committed | Further>): void
}

/** Others get their turn on the server behind so many commits, or so much to write. */
const MOST_COMMITS = 100
const MOST_BYTES = 1_000_000
/** Scripts under way at once; what comes meanwhile waits, and goes as one. */
const MOST_FLIGHTS = 2

/** Sends commits that wait at one moment together: one script for each partition. */
export function createCommitGroup(connection: Connection): (keys: KeySpace, commit: SentCommit) => Promise<Committed> {
  let waiting: Waiting[] = []
  let flights = 0

  const sendAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const { groups, left } = group(waiting)
      waiting = left
      await fly(groups)
    }
  }

  const fly = async (groups: readonly (readonly Waiting[])[]): Promise<void> => {
    try {
      const outcomes = await connection.run(commitScript, groups.map(callOf))
      groups.forEach((commits, index) => {
        for (const [place, one] of commits.entries()) one.settle(answer(one, outcomes[index], place))
      })
    } catch (error) {
      for (const one of groups.flat()) one.settle(Promise.reject(error))
    }
  }

  const answer = async (
    one: Waiting,
    outcome: Parameters<typeof replyOf>[0],
    place: number,
  ): Promise<Committed | Further> => answerOf(connection, one, listOf(replyOf(outcome, connection))[place])

  const join = (keys: KeySpace, commit: SentCommit): Promise<Committed | Further> =>
    new Promise((settle) => {
      waiting.push({ ...prepared(keys, commit), settle })
      if (flights >= MOST_FLIGHTS) return
      flights += 1
      queueMicrotask(async () => {
        await sendAll()
        flights -= 1
      })
    })

  return async (keys, commit) => {
    const missed: StoredCommit[] = []
    for (let at = commit; ; ) {
      const answer = await join(keys, at)
      if (answer.status === 'further') {
        missed.push(...answer.missed)
        at = { ...commit, base: { any: answer.head } }
      } else if (missed.length === 0 || !('missed' in answer)) return answer
      else return { ...answer, missed: [...missed, ...answer.missed] }
    }
  }
}

function prepared(space: KeySpace, commit: SentCommit): Omit<Waiting, 'settle'> {
  const { base, journal, packed, changes } = commit
  const keys = space.of(journal)
  const given = givenOf(commit)
  const { tag, body, texts, bytes } = packed
  const mode = base === 'new' ? 'new' : 'any' in base ? 'any' : 'head'
  const names: Argument[] = [keys.header, keys.commits]
  if (texts.length > 0 || bytes.length > 0) names.push(keys.values)
  const args: Argument[] = [
    mode,
    given.version,
    exactly(tagOf(given.commitId)),
    tag,
    body,
    texts,
    bytes,
    changes.letters,
  ]
  if (changes.letters !== '') {
    names.push(keys.rows, keys.wakes)
    args.push(exactly(journal.id), ...changes.args)
  }
  const size = body.length + texts.length + bytes.length
  return { commit, keys, script: { keys: names, args }, size }
}

/** The first that wait, by partition, in their order; `left` is what would be too much for one script. */
function group(waiting: readonly Waiting[]): { groups: Waiting[][]; left: Waiting[] } {
  const groups = new Map<number, { readonly commits: Waiting[]; size: number; full: boolean }>()
  const left: Waiting[] = []
  for (const one of waiting) {
    const { partition } = one.keys
    const group = groups.get(partition) ?? { commits: [], size: 0, full: false }
    groups.set(partition, group)
    const { commits, size } = group
    group.full ||= commits.length > 0 && (commits.length >= MOST_COMMITS || size + one.size > MOST_BYTES)
    if (group.full) {
      left.push(one)
      continue
    }
    commits.push(one)
    group.size += one.size
  }
  return { groups: [...groups.values()].map(({ commits }) => commits), left }
}

function callOf(commits: readonly Waiting[]): ScriptCall {
  const [first] = commits
  return {
    partition: first?.keys.partition ?? 0,
    keys: commits.flatMap(({ script }) => script.keys),
    args: [commits.length, ...commits.flatMap(({ script }) => script.args)],
  }
}
