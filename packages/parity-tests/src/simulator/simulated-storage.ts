import { type Commit, type Storage, WorkflowError } from '@wf/core'
import { aroundCalls, type StorageMethod } from '../faults/around-calls.js'
import type { FaultKind } from './fault-plan.js'
import { mark } from './trace.js'
import type { VirtualProcess } from './virtual-process.js'

type Failure = 'before' | 'after' | undefined

/** The storage of the world as one process reaches it: each call is sent, arrives, and is answered. */
export function simulatedStorage(process: VirtualProcess): Storage {
  const { world } = process
  let closed = false

  function call<Answer>(method: StorageMethod, about: string, perform: () => Promise<Answer>): Promise<Answer> {
    if (closed) return Promise.reject(new WorkflowError('WF_CLOSED', 'this process has closed its storage'))
    const failure = failureOf(process, method)
    const label = about === '' ? method : `${method} ${about}`
    return new Promise((resolve, reject) => {
      const answer = (text: string, happen: () => void): void =>
        process.add({ kind: 'answer', label: text, happen }, process.world.travelMs(process))
      const lost = (): void => answer(`${method} failed`, () => reject(lostCall(method)))
      const arrive = (): void => {
        if (failure === 'before') return lost()
        world.performing += 1
        perform().then(
          (value) => {
            world.performing -= 1
            if (failure === 'after') lost()
            else answer(`${method}${told(value)}`, () => resolve(value))
          },
          (error: unknown) => {
            world.performing -= 1
            answer(`${method} refused`, () => reject(error))
          },
        )
      }
      process.send({ to: 'storage', label, arrive, inMs: world.travelMs(process) })
    })
  }

  const { storage, replica } = world
  const plain = aroundCalls(storage, (perform, method) => call(method, '', perform))
  return {
    ...plain,
    commit: (commits) => call('commit', commits.map(textOf).join(', '), () => replica.commit(commits)),
    load(reads) {
      // Who only asks has no way to find out that a replica lags: what it is refused is refused for good.
      const asks = process.isSpared || !process.mortal
      const about = reads.map(({ journal, after = 0 }) => `${journal.id}>${after}`).join(', ')
      return call('load', about, () => (asks ? storage.load(reads) : world.loadFor(process, reads)))
    },
    checkpoint: (save) => call('checkpoint', save.journal.id, () => replica.checkpoint(save)),
    due: (query) => call('due', '', () => replica.due(query)),
    delete: (query) => call('delete', '', () => replica.delete(query)),
    async close() {
      closed = true
    },
  }
}

const failures: Readonly<Record<StorageMethod, readonly (readonly [FaultKind, Exclude<Failure, undefined>])[]>> = {
  commit: [
    ['fail-before', 'before'],
    ['fail-after', 'after'],
  ],
  checkpoint: [
    ['fail-before', 'before'],
    ['fail-after', 'after'],
  ],
  load: [['fail-read', 'before']],
  due: [
    ['fail-read', 'before'],
    ['lose-due', 'after'],
  ],
  renew: [['fail-read', 'before']],
  list: [['fail-read', 'before']],
  delete: [['fail-before', 'before']],
}

function failureOf(process: VirtualProcess, method: StorageMethod): Failure {
  if (process.isSpared) return undefined
  for (const [kind, failure] of failures[method]) if (process.world.dice.happens(kind, process)) return failure
  return undefined
}

const lostCall = (method: string): Error => new Error(`the storage did not answer a ${method} in time`)

/** Facts only: values may hold the stacks of errors, which are never quite the same. */
function textOf({ journal, base, entries, commitId }: Commit): string {
  const head = base === 'new' ? 'new' : 'any' in base ? `any ${base.any.version}` : base.version
  return `${journal.id}@${head} ${commitId} ${entries.map(({ fact }) => typeOf(fact) + mark(fact)).join(' ')}`
}

const TYPE = '{"type":"'

/** The type of a fact, when it says it first. */
function typeOf(fact: string): string {
  if (!fact.startsWith(TYPE)) return ''
  return `${fact.slice(TYPE.length, fact.indexOf('"', TYPE.length))}:`
}

/** What an answer comes to, as far as it fits into a line. */
function told(answer: unknown): string {
  if (!Array.isArray(answer)) return ''
  return ` ${answer.map((one) => one?.status ?? one?.header?.head?.version ?? typeof one).join(' ')}`
}
