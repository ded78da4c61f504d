import { WorkflowError } from '@wf/core'

/** ioredis hangs the arguments of the command on its errors, which may be a password: only the text is kept. */
export function serverAway(server: string, what: string, error: unknown): WorkflowError {
  const text = error instanceof Error ? error.message : String(error)
  const told = text === '' ? 'it does not answer' : text
  return new WorkflowError('WF_PUBSUB_UNAVAILABLE', `${server}: ${what}: ${told}`, { cause: new Error(told) })
}

/** Settles as the work does, or rejects when that takes too long; the work may come to its end later. */
export function within<Reply>(ms: number, work: Promise<Reply>): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
