import type { VirtualClock } from '../clock/virtual-clock.js'
import type { Occurrence } from './timeline.js'
import type { World } from './world.js'

/** The true time of a world, as its storage and a scenario see it. Processes have clocks of their own. */
export function worldClock(world: World): VirtualClock {
  return {
    now: () => world.now(),
    offsetMs: () => world.elapsed + world.jumpedMs,
    after(ms, wake) {
      const timer: Occurrence = { kind: 'timer', of: undefined, label: `${ms} ms`, happen: wake }
      world.addTimer(timer, ms)
      return () => {
        timer.isOff = true
      }
    },
    advance: (ms) => world.advance(ms),
    jump(ms) {
      if (!Number.isFinite(ms)) throw new RangeError(`jump() needs a finite number of milliseconds, not ${ms}`)
      world.jump(ms)
    },
    pending() {
      const timers = world.timeline.pending()
      const [first] = timers.map(({ inMs }) => inMs)
      return { count: timers.length, nextAt: first === undefined ? undefined : world.now() + first }
    },
  }
}
