import type { Client } from './client.js'
import { isRefusal } from './redis-failure.js'

interface Coming {
  readonly arrived: Promise<void>
  /** What was in the way the last time. */
  failure?: unknown
}

/** One for all storages on a client: a listener for each would be warned of as a leak. */
const coming = new WeakMap<Client, Coming>()

/** Resolves when commands can be sent; rejects with what is in the way after some time, or when waiting is of no use. */
export function whenReady(client: Client, timeoutMs: number): Promise<void> {
  const next = coming.get(client) ?? come(client)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(next.failure ?? new Error(`no connection within ${timeoutMs} ms`)), timeoutMs)
    next.arrived.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function come(client: Client): Coming {
  const { promise: arrived, resolve, reject } = Promise.withResolvers<void>()
  const next: Coming = { arrived }
  const end = (settle: () => void): void => {
    coming.delete(client)
    client.off('ready', ready).off('error', failed).off('end', ended)
    settle()
  }
  const ready = (): void => end(resolve)
  const failed = (error: unknown): void => {
    next.failure = error
    if (isRefusal(error)) end(() => reject(error))
  }
  const ended = (): void => end(() => reject(new Error('the client has been closed')))
  coming.set(client, next)
  client.on('ready', ready).on('error', failed).on('end', ended)
  if (client.status === 'wait') client.connect().catch(failed)
  else if (client.status === 'end') ended()
  return next
}
