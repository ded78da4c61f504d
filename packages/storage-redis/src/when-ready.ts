import type { Client } from './client.js'
import { isRefusal } from './redis-failure.js'

/** Resolves when commands can be sent; rejects with what is in the way after some time, or when waiting is of no use. */
export function whenReady(client: Client, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let last: unknown = new Error(`no connection within ${timeoutMs} ms`)
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      client.off('ready', ready).off('error', failed).off('end', ended)
      settle()
    }
    const ready = (): void => end(resolve)
    const failed = (error: unknown): void => {
      last = error
      if (isRefusal(error)) end(() => reject(error))
    }
    const ended = (): void => end(() => reject(new Error('the client has been closed')))
    const timer = setTimeout(() => end(() => reject(last)), timeoutMs)
    client.on('ready', ready).on('error', failed).on('end', ended)
    if (client.status === 'wait') client.connect().catch(failed)
    else if (client.status === 'end') ended()
  })
}
