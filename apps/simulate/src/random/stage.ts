import type { Engine } from '@wf/core'
import type { Scenario } from '@wf/parity-tests'

type Event = Parameters<Engine['sendEvent']>[0]

export type PlainStage = Parameters<Scenario['play']>[0]

export interface Stage extends PlainStage {
  /** Lets bodies say that they wait for an event. */
  sends(send: (event: Event) => Promise<unknown>): void
}
