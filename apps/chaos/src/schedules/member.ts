import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import { type Ground, openPubSub, openStorage } from '../ground.ts'
import { watchedStorage } from './at-rest.ts'
import { createErrand } from './errand.ts'
import { World } from './world.ts'

/** One process that works on errands. */
export interface MemberPlan {
  readonly kind: 'default' | 'evented'
  readonly ground: Ground
  /** The file that tells the time. */
  readonly world: string
  readonly leaseMs: number
}

/** What a process is told after its plan: that time was moved on, that a body may go on, or that it is to end. */
export type Order = { readonly do: 'look' } | { readonly do: 'go on'; readonly run: string } | { readonly do: 'end' }

/** What a process says: that it works, that nothing is left to do at this moment, or that a body has begun. */
export type News = { readonly is: 'ready' | 'at rest' } | { readonly is: 'in a body'; readonly run: string }

process.once('message', (plan: MemberPlan) => void live(plan))
// Nobody is left to live for.
process.once('disconnect', () => process.exit(0))

async function live(plan: MemberPlan): Promise<void> {
  const world = new World(plan.world, 'join')
  const bodies = new Map<string, () => void>()
  const errand = createErrand((run) => {
    const mayGoOn = new Promise<void>((resolve) => bodies.set(run, resolve))
    say({ is: 'in a body', run })
    return mayGoOn
  })
  const { storage, atRest } = watchedStorage(openStorage(plan.ground, () => world.offsetMs()))
  const options = { workflows: [errand], storage, clock: world, leaseMs: plan.leaseMs, logger }
  const engine =
    plan.kind === 'evented'
      ? createEventedEngine({ ...options, pubsub: openPubSub(plan.ground) })
      : createDefaultEngine(options)
  process.on('message', (order: Order) => void obey(order))
  if (plan.kind === 'default') await engine.work()
  // From here on its schedules are put.
  await engine.tick()
  say({ is: 'ready' })

  async function obey(order: Order): Promise<void> {
    if (order.do === 'go on') return bodies.get(order.run)?.()
    if (order.do === 'look') {
      world.wasMoved()
      await atRest()
      return say({ is: 'at rest' })
    }
    await engine.close()
    await storage.close()
    process.exit(0)
  }
}

const silent = (): void => undefined
const logger = { debug: silent, info: silent, warn: silent, error: (_: object, text: string) => console.error(text) }

function say(news: News): void {
  process.send?.(news)
}
