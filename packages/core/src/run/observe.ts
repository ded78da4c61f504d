import { aboutRun } from '../driver/about-run.js'
import { watched } from '../driver/audience.js'
import { BEGINNING, isBehind, type Position, parsePosition } from '../driver/feed.js'
import { runJournal } from '../driver/journal-store.js'
import type { LiveRun } from '../driver/live-run.js'
import { Reader, readableFrom } from '../driver/reader.js'
import type { WatchEvent, WorkflowStreamEvent } from '../driver/stream-event.js'
import { toError, WorkflowError } from '../errors/index.js'
import { versionOf } from '../machine/index.js'
import { checkOptions } from './check-options.js'
import { eventStream } from './event-stream.js'
import { closes } from './leg-reader.js'

export interface ObserveOptions {
  /** The `position` of the last event that was seen: what follows it is told. Default: everything from the beginning. */
  readonly after?: string
  /** Whether the stream ends where the run rests; otherwise it goes on until the run has ended. Default `true`. */
  readonly closeOnSuspend?: boolean
}

/** What has happened in a run, and then what happens, until it rests or has ended with nothing more to tell. */
export function observe(live: LiveRun, options: ObserveOptions): ReadableStream<WorkflowStreamEvent> {
  const name = { workflowId: live.program.workflow.id, runId: live.runId }
  checkOptions('observe', options, name)
  const { after, closeOnSuspend: closesOnSuspend = true } = options
  const from = after === undefined ? BEGINNING : parsePosition(after)
  if (!from) {
    const text = `\`after\` is the \`position\` of an event of this run, not ${JSON.stringify(after)}`
    throw new WorkflowError('WF_INVALID_OPTION', text, { ...name, field: 'after' })
  }
  return eventStream(async () => {
    const watching = watched(live)
    try {
      const now = await watching.since
      if (!isBehind(now, from) && !(await exists(live, from))) throw ahead(after, name)
    } catch (error) {
      watching.leave()
      throw error
    }
    let isLast: boolean | undefined
    const isDone = () => isLast ?? watching.hasEnded()
    const reader = new Reader(readableFrom(live, watching.feed), { at: from, isDone, sumsAll: from !== BEGINNING })
    return {
      async next() {
        const event = await reader.next()
        // What a step still says behind the end has no place, and what is missing is no end.
        if (event?.position !== undefined) isLast = closes(event, { closesOnSuspend })
        return event
      },
      stop() {
        reader.stop()
        watching.leave()
      },
    }
  })
}

/** What this process has read may be older than what somebody has seen elsewhere. */
async function exists({ driver, runId, writer }: LiveRun, { ref }: Position): Promise<boolean> {
  if (ref === BEGINNING.ref) return true
  const version = versionOf(ref)
  const journal = runJournal(driver.settings.namespace, runId)
  const slice = await driver.store?.load({ journal, after: version, atLeast: version, limit: 1 })
  if (!slice || slice.header.head.version < version) return false
  writer.sees(version)
  return true
}

function ahead(
  after: string | undefined,
  name: { readonly workflowId: string; readonly runId: string },
): WorkflowError {
  const text = `run "${name.runId}" has not come to \`after\`, ${JSON.stringify(after)}: it is the place of another run, or of one that was deleted; leave it out to read from the beginning`
  return new WorkflowError('WF_INVALID_OPTION', text, { ...name, field: 'after' })
}

/** Calls back with what steps do and say from now on. */
export function watch(live: LiveRun, observer: (event: WatchEvent) => void): () => void {
  const { feed, since, leave } = watched(live)
  let reader: Reader | undefined
  let hasLeft = false
  const tell = (event: WatchEvent): void => {
    try {
      if (!hasLeft) observer(event)
    } catch (error) {
      const text = `who watches run "${live.runId}" has thrown: ${toError(error).message}`
      live.driver.settings.logger.error({ ...aboutRun(live), err: error }, text)
    }
  }
  const follow = async (): Promise<void> => {
    const at = await since
    reader = new Reader(readableFrom(live, feed), { at, since: at.ref, isDone: () => hasLeft })
    for (let event = await reader.next(); event; event = await reader.next())
      for (const one of toWatch(event)) tell(one)
  }
  follow().catch((error: unknown) => {
    const text = `run "${live.runId}" can no longer be watched here: ${toError(error).message}`
    if (!live.isClosed) live.driver.settings.logger.error({ ...aboutRun(live), err: error }, text)
  })
  return () => {
    hasLeft = true
    reader?.stop()
    leave()
  }
}

/** Watchers are not told of the run itself, and of the end of a step twice. */
function toWatch(event: WorkflowStreamEvent): readonly WatchEvent[] {
  if (event.type === 'workflow-start' || event.type === 'workflow-finish') return []
  if (event.type !== 'workflow-step-result') return [event]
  const { id, stepName, stepCallId } = event.payload
  const { runId, from } = event
  return [event, { type: 'workflow-step-finish', runId, from, payload: { id, stepName, stepCallId, metadata: {} } }]
}
