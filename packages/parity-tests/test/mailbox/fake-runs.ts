import type { Mail, PlacedWait } from '../../../core/src/driver/post-office.js'
import type { DeliveryParts } from '../../../core/src/mailbox/deliveries.js'

export type Deliver = DeliveryParts['deliver']

interface Waiting {
  isOpen: boolean
  /** The event that it has received. */
  received: string | undefined
}

/** What stands in for the journals of runs: who waits, and who has received what. All processes see the same. */
export class FakeRuns {
  /** How often each event was received, by its id. */
  readonly received = new Map<string, number>()
  /** Events in the order in which each run received them. */
  readonly inOrder = new Map<string, string[]>()
  readonly payloads = new Map<string, unknown>()
  private readonly waits = new Map<string, Waiting>()
  private made = 0

  wait(given: Partial<PlacedWait> & Pick<PlacedWait, 'name'>): PlacedWait {
    this.made += 1
    const wait = { runId: 'run', workflowId: 'w', graphHash: 'h', at: '0', key: '', of: this.made, ...given }
    this.waits.set(nameOf(wait), { isOpen: true, received: undefined })
    return wait
  }

  /** As one commit to the journal of the run. */
  receive(wait: PlacedWait, mail: Mail): 'taken' | 'gone' {
    const known = this.waits.get(nameOf(wait))
    if (known?.received !== undefined) return known.received === mail.id ? 'taken' : 'gone'
    if (!known?.isOpen) return 'gone'
    known.isOpen = false
    known.received = mail.id
    this.received.set(mail.id, (this.received.get(mail.id) ?? 0) + 1)
    this.inOrder.set(wait.runId, [...(this.inOrder.get(wait.runId) ?? []), mail.id])
    this.payloads.set(mail.id, mail.payload)
    return 'taken'
  }

  /** `false`: it has received something already. */
  close(wait: PlacedWait): boolean {
    const known = this.waits.get(nameOf(wait))
    if (!known?.isOpen) return false
    known.isOpen = false
    return true
  }

  has(wait: PlacedWait): string | undefined {
    return this.waits.get(nameOf(wait))?.received
  }

  readonly deliver: Deliver = async (wait, mail) => this.receive(wait, mail)
}

const nameOf = ({ runId, of }: PlacedWait): string => `${of}@${runId}`
