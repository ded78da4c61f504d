import { AsyncResource } from 'node:async_hooks'
import type { Clock, SubscribeOptions, TakeHints } from '@wf/core'
import type { Waiting } from './hint-queue.js'

/** After this long a subscriber that had no room, and promised none, is asked again. */
const ASK_AGAIN_MS = 100

export interface Subscriber {
  readonly slots: SubscribeOptions['slots']
  readonly take: TakeHints
}

/** What a member tells its group. */
export interface Telling {
  /** So much room is there, now that it was waited for. */
  granted(member: Member, room: number): void
  /** It may be asked again. */
  ready(): void
  failed(batch: readonly Waiting[], error: unknown): void
}

/** A subscriber inside its group. */
export interface Member {
  /** Whether it makes sense to ask for room: it is still here, and no answer is due. */
  readonly ready: boolean
  /** How many hints it takes now; 0: it tells its group when there is room. */
  room(): number
  deliver(batch: readonly Waiting[]): void
  end(): void
}

export function createMember(subscriber: Subscriber, clock: Clock, tell: Telling): Member {
  // Whoever publishes must not be seen by those who take.
  const outside = new AsyncResource('wf', { requireManualDestroy: true })
  const { slots, take } = subscriber
  let ended = false
  let waiting = false
  let stopTimer = (): void => undefined

  const askLater = (): void => {
    if (ended) return
    waiting = true
    stopTimer = clock.after(ASK_AGAIN_MS, () => {
      waiting = false
      tell.ready()
    })
  }

  const wait = async (promise: Promise<number>): Promise<void> => {
    waiting = true
    const room = wholeRoom(await promise.catch(() => 0))
    if (ended) return
    if (room === 0) return askLater()
    waiting = false
    tell.granted(member, room)
  }

  const ask = (): number | Promise<number> => {
    try {
      return slots === undefined ? Number.POSITIVE_INFINITY : outside.runInAsyncScope(slots)
    } catch {
      return 0
    }
  }

  const member: Member = {
    get ready() {
      return !ended && !waiting
    },
    room() {
      const answer = ask()
      if (isPromise(answer)) {
        void wait(Promise.resolve(answer))
        return 0
      }
      const room = wholeRoom(answer)
      if (room === 0) askLater()
      return ended ? 0 : room
    },
    deliver(batch) {
      const failed = (error: unknown): void => tell.failed(batch, error)
      try {
        const hints = batch.map(({ hint }) => hint)
        Promise.resolve(outside.runInAsyncScope(take, undefined, hints)).catch(failed)
      } catch (error) {
        failed(error)
      }
    },
    end() {
      ended = true
      stopTimer()
    },
  }
  return member
}

function isPromise(answer: number | Promise<number>): answer is Promise<number> {
  return typeof answer === 'object' && answer !== null && 'then' in answer
}

function wholeRoom(answer: number): number {
  return typeof answer === 'number' && answer >= 1 ? Math.floor(answer) : 0
}
