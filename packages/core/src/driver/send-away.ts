import type { Encoded } from '../codec/index.js'
import { toError } from '../errors/index.js'
import type { Chunk } from '../machine/index.js'
import { aboutRun } from './about-run.js'
import type { LiveRun } from './live-run.js'

/** What has to be encoded with a promise keeps its place among the other chunks of its run. */
const before = new WeakMap<LiveRun, Promise<void>>()

/** Tells a chunk to those who watch the run in other processes. Nobody waits for it. */
export function sendAway(run: LiveRun, chunk: Chunk, value: unknown): void {
  const { codec, namespace, speaks, logger } = run.driver.settings
  // Others could not tell whether it is said by who is to say it.
  if (run.writer.durability !== 'step') return
  const send = speaks?.(run.here)
  if (!send) return
  const { runId, workflowId } = run.here
  const away = (encoded?: Encoded): void =>
    send({ ...chunk, runId, workflowId, ...(encoded !== undefined && { encoded }) })
  const failed = (error: unknown): void =>
    logger.warn(
      { ...aboutRun(run), err: error },
      `chunk ${chunk.n} of run "${runId}" cannot be sent: ${toError(error).message}`,
    )
  if (!chunk.value) return away()
  const encoded = codec.encode(value, { namespace, runId, path: chunk.at })
  const earlier = before.get(run)
  if (!(encoded instanceof Promise) && !earlier) return away(encoded)
  const last = Promise.all([encoded, earlier]).then(([one]) => away(one), failed)
  before.set(run, last)
  void last.then(() => {
    if (before.get(run) === last) before.delete(run)
  })
}
