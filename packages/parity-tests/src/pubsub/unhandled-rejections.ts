import assert from 'node:assert/strict'

/** Fails when a rejection was left unhandled meanwhile; whoever else listens for them is not told of those. */
export async function withoutUnhandled(work: () => Promise<void>): Promise<void> {
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  const others = process.rawListeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note)
  try {
    await work()
    // They are told of once all microtasks have run.
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.off('unhandledRejection', note)
    for (const other of others) process.on('unhandledRejection', other as NodeJS.UnhandledRejectionListener)
  }
  assert.deepEqual(unhandled, [])
}
