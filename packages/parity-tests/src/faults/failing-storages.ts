import { type Storage, WorkflowError } from '@wf/core'
import { type AroundCall, aroundCalls, type OfMethods } from './around-calls.js'
import { createInjector, type Injector } from './create-injector.js'
import type { FaultOptions, Faulty } from './fault.js'

export type FailingStorageOptions = FaultOptions & OfMethods

/** Rejects without having done anything: a connection that was refused. */
export function failBefore(storage: Storage, options: FailingStorageOptions): Storage & Faulty {
  const { faults, heal, strikes } = injectorFor('failBefore', options)
  const around: AroundCall = async (call, method) => {
    if (strikes(method)) throw new Error(`the storage could not be reached (${method})`)
    return call()
  }
  return { ...aroundCalls(storage, around), faults, heal }
}

/** Does what it was asked, and then rejects as if it had timed out: the caller does not know that it happened. */
export function failAfter(storage: Storage, options: FailingStorageOptions): Storage & Faulty {
  const { faults, heal, strikes } = injectorFor('failAfter', options)
  const around: AroundCall = async (call, method) => {
    const answer = await call()
    if (strikes(method)) throw new Error(`the storage did not answer in time (${method})`)
    return answer
  }
  return { ...aroundCalls(storage, around), faults, heal }
}

/** Rejects without having done anything, with the error of adapters whose database is locked or out of connections. */
export function busy(storage: Storage, options: FailingStorageOptions): Storage & Faulty {
  const { faults, heal, strikes } = injectorFor('busy', options)
  const around: AroundCall = async (call, method) => {
    if (!strikes(method)) return call()
    const cause = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY', errcode: 5 })
    throw new WorkflowError('WF_STORAGE_UNAVAILABLE', `the database is locked (${method}): try again`, { cause })
  }
  return { ...aroundCalls(storage, around), faults, heal }
}

/**
 * Of a call with several commits performs only some, and then rejects. Each commit is all-or-nothing as ever; the call
 * is not.
 */
export function partialBatch(storage: Storage, options: FaultOptions): Storage & Faulty {
  const { faults, heal, strikes } = createInjector('partialBatch', options)
  return {
    ...aroundCalls(storage, (call) => call()),
    async commit(commits) {
      if (commits.length < 2 || !strikes('commit')) return storage.commit(commits)
      const chosen = commits.filter(() => options.random() < 0.5)
      const landing = chosen.length === 0 || chosen.length === commits.length ? commits.slice(0, 1) : chosen
      await storage.commit(landing)
      throw new Error(`the storage broke off after ${landing.length} of ${commits.length} commits`)
    },
    faults,
    heal,
  }
}

function injectorFor(kind: string, options: FailingStorageOptions): Injector {
  const injector = createInjector(kind, options)
  const { methods } = options
  if (!methods) return injector
  const struck: ReadonlySet<string> = new Set(methods)
  return { ...injector, strikes: (method) => struck.has(method) && injector.strikes(method) }
}
