import { type Clock, type Commit, type Committed, isWorkflowError } from '@wf/core'
import { commitAll } from './commit.js'
import type { Connection } from './connection.js'
import { isLockTimeout } from './sqlite-failure.js'
import type { Transactor } from './transactor.js'

interface Call {
  readonly commits: readonly Commit[]
  resolve(answers: readonly Committed[]): void
  reject(error: unknown): void
}

/** No transaction keeps others waiting for much more commits than this. */
const MOST_COMMITS = 1_000

/** Writes all calls that wait at one moment as one transaction, which costs the disk little more than one commit. */
export function createCommitGroup(
  transactor: Transactor,
  clock: Clock,
): (commits: readonly Commit[]) => Promise<readonly Committed[]> {
  const waiting: Call[] = []
  let writing = false

  /** Also what has come while the file was locked. */
  const join = (group: Call[]): void => {
    let count = group.reduce((sum, { commits }) => sum + commits.length, 0)
    for (let next = waiting[0]; next !== undefined && count < MOST_COMMITS; next = waiting[0]) {
      waiting.shift()
      group.push(next)
      count += next.commits.length
    }
  }

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group: Call[] = []
      join(group)
      await write(group, () => join(group))
    }
    writing = false
  }

  const write = async (group: readonly Call[], more: () => void): Promise<void> => {
    try {
      const answers = await transactor.run('immediate', (connection) => {
        more()
        const now = clock.now()
        return group.map(({ commits }) => answer(connection, commits, now))
      })
      group.forEach((call, index) => {
        const given = answers[index]
        if (given !== undefined && 'refused' in given) call.reject(given.refused)
        else call.resolve(given?.committed ?? [])
      })
    } catch (error) {
      if (isLockTimeout(error)) for (const call of group) call.reject(error)
      else await apart(group, error)
    }
  }

  /** One commit for which there is no room, say, must not fail the others: each gets a transaction of its own. */
  const apart = async (group: readonly Call[], error: unknown): Promise<void> => {
    const [only] = group
    if (group.length > 1) for (const call of group) await write([call], () => {})
    else if (only !== undefined && only.commits.length > 1) await writeEach(only)
    else only?.reject(error)
  }

  const writeEach = async ({ commits, resolve, reject }: Call): Promise<void> => {
    const outcomes: PromiseSettledResult<readonly Committed[]>[] = []
    for (const commit of commits) {
      const written = new Promise<readonly Committed[]>((done, fail) => {
        void write([{ commits: [commit], resolve: done, reject: fail }], () => {})
      })
      outcomes.push(...(await Promise.allSettled([written])))
    }
    const failure = outcomes.find(({ status }) => status === 'rejected')
    if (failure?.status === 'rejected') reject(failure.reason)
    else resolve(outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : [])))
  }

  return (commits) =>
    new Promise((resolve, reject) => {
      waiting.push({ commits, resolve, reject })
      if (writing) return
      writing = true
      queueMicrotask(writeAll)
    })
}

type Answer = { readonly committed: readonly Committed[] } | { readonly refused: unknown }

/** A call that is refused has written nothing, and the others of its transaction go on. */
function answer(connection: Connection, commits: readonly Commit[], now: number): Answer {
  try {
    return { committed: commitAll(connection, commits, now) }
  } catch (error) {
    if (isWorkflowError(error)) return { refused: error }
    throw error
  }
}
