import { type Clock, LONGEST_TIMER_MS } from '@wf/core'

/** A clock that stands still until it is told to go on. */
export interface VirtualClock extends Clock {
  /** Time passes: due timers fire in order, each at its own time, and what they set going goes on in between. */
  advance(ms: number): Promise<void>
  /** The wall clock is set, forward or back. No time passes, so no timer fires for it. */
  jump(ms: number): void
  /** How many timers wait, and the time on this clock at which the next one fires. */
  pending(): { readonly count: number; readonly nextAt: number | undefined }
  /** Advances and jumps so far; what a storage with a clock of its own adds to it. */
  offsetMs(): number
}

interface Timer {
  readonly dueAt: number
  readonly wake: () => void
}

/** `startAt`: the time that it shows before anything has passed. */
export function createVirtualClock(startAt: number | (() => number) = Date.UTC(2030, 0, 1)): VirtualClock {
  /** In order of time, and of setting where times are equal. */
  const timers: Timer[] = []
  const startsAt = typeof startAt === 'number' ? () => startAt : startAt
  let elapsed = 0
  let jumped = 0

  const add = (timer: Timer): void => {
    let low = 0
    let high = timers.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((timers[middle]?.dueAt ?? 0) <= timer.dueAt) low = middle + 1
      else high = middle
    }
    timers.splice(low, 0, timer)
  }

  const takeDue = (until: number): Timer | undefined => {
    const next = timers[0]
    return next !== undefined && next.dueAt <= until ? timers.shift() : undefined
  }

  return {
    now: () => startsAt() + elapsed + jumped,
    offsetMs: () => elapsed + jumped,
    after(ms, wake) {
      // Real timers cannot hold more either, and whoever forgets to re-arm shall notice it here.
      // Whole ones, as real timers count: a moment between two that `now` can tell apart would never come.
      const delay = Math.ceil(Math.min(Math.max(ms, 0), LONGEST_TIMER_MS))
      const timer = { dueAt: elapsed + delay, wake }
      add(timer)
      return () => {
        const place = timers.indexOf(timer)
        if (place >= 0) timers.splice(place, 1)
      }
    },
    async advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`advance() goes forward only, not by ${ms}: see jump()`)
      const until = elapsed + ms
      await settle()
      for (let timer = takeDue(until); timer !== undefined; timer = takeDue(until)) {
        elapsed = Math.max(elapsed, timer.dueAt)
        timer.wake()
        await settle()
      }
      elapsed = Math.max(elapsed, until)
      await settle()
    },
    jump(ms) {
      if (!Number.isFinite(ms)) throw new RangeError(`jump() needs a finite number of milliseconds, not ${ms}`)
      jumped += ms
    },
    pending: () => ({
      count: timers.length,
      nextAt: timers[0] === undefined ? undefined : startsAt() + timers[0].dueAt + jumped,
    }),
  }
}

/** Lets promises that are ready run, also those that they make ready. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
