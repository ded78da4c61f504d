import { PUBSUB_CONTRACT, type PubSub } from '@wf/core'
import { createVirtualClock } from '../clock/virtual-clock.js'
import type { FaultCount } from '../faults/fault.js'
import { createSuite, type Suite } from '../suite/create-suite.js'
import type { KnownGap } from '../suite/rule.js'
import { uniqueName } from '../suite/unique-name.js'
import type { PubSubContext } from './pub-sub-context.js'
import { pubsubRules } from './pub-sub-rules.js'
import type { PubSubSetting } from './pub-sub-setting.js'
import { waitUntil } from './wait-until.js'

export interface PubSubSuiteOptions<Connection extends PubSub = PubSub> {
  readonly name: string
  /** A connection to a broker on which nothing has been published. It is closed by the suite. */
  create(setting: PubSubSetting): Connection | Promise<Connection>
  /** Another connection to the broker of `first`, as another process has it. It is closed by the suite. */
  connect(first: Connection, setting: PubSubSetting): PubSub | Promise<PubSub>
  /**
   * Resolves when all that is under way has long arrived; needed where that takes real time. Default: only the clock
   * goes on, by ten seconds.
   */
  settle?(setting: PubSubSetting): Promise<void>
  /** How long to wait in real time for what has to come. Default: 3,000 ms. */
  readonly patienceMs?: number
  /** Removes what is left of a broker, after all its connections were closed. */
  remove?(setting: PubSubSetting): void | Promise<void>
  /** Promises that this pub/sub is known not to keep; a report that has any is `partial`. */
  readonly knownGaps?: readonly KnownGap[]
  /** What the faulty pub/subs that `create` made have counted: with it, a suite in which no fault was injected fails. */
  readonly faults?: () => readonly FaultCount[]
}

/** Checks every promise of the pub/sub contract on a pub/sub. */
export function pubsubSuite<Connection extends PubSub>(options: PubSubSuiteOptions<Connection>): Suite {
  return createSuite<PubSubContext>({
    suite: 'pubsub',
    contract: PUBSUB_CONTRACT,
    subject: options.name,
    rules: pubsubRules,
    knownGaps: options.knownGaps,
    faults: options.faults,
    around: (check) => withBrokers(options, check),
  })
}

async function withBrokers<Connection extends PubSub>(
  options: PubSubSuiteOptions<Connection>,
  check: (context: PubSubContext) => Promise<void>,
): Promise<void> {
  const { patienceMs: ms = 3_000, settle = passTime } = options
  const clock = createVirtualClock()
  const settings: PubSubSetting[] = []
  const opened: PubSub[] = []
  const create = async () => {
    const setting = { clock, broker: uniqueName() }
    settings.push(setting)
    const pubsub = await options.create(setting)
    opened.push(pubsub)
    return { pubsub, setting }
  }
  try {
    const { pubsub, setting } = await create()
    const connect = async () => {
      const other = await options.connect(pubsub, setting)
      opened.push(other)
      return other
    }
    await check({
      pubsub,
      connect,
      create: async () => (await create()).pubsub,
      clock,
      until: (what, holds) => waitUntil({ clock, ms }, what, holds),
      settle: () => settle(setting),
    })
  } finally {
    // A close that fails is the business of its own rule, and must not hide what was seen.
    await Promise.allSettled(opened.map((pubsub) => pubsub.close()))
    for (const setting of settings) await options.remove?.(setting)
  }
}

async function passTime({ clock }: PubSubSetting): Promise<void> {
  for (let second = 0; second < 10; second += 1) await clock.advance(1_000)
}
