import { createStep, createWorkflow, type Storage, type Workflow } from '@wf/core'
import { z } from 'zod'
import type { EventedEngine } from '../src/index.js'

/** Longer than any of it takes, so that nothing is missing because its time was up. */
export const KEEP_MS = 600_000
const IMPATIENCE_MS = 100

const payload = z.object({ key: z.string(), n: z.number() })
type Payload = z.infer<typeof payload>

/** What a run is to get: so many events of a key. */
const order = z.object({ key: z.string(), left: z.number() })
const progress = z.object({ left: z.number() })

/** What bodies were given, in the order in which that happened, and how many waits ended without anything. */
export interface Seen {
  readonly payloads: Payload[]
  timeouts: number
}

export type Way = 'patient' | 'impatient' | 'wide'

/** Workflows that wait again and again for the events of a key, each as a process would declare it. */
export function flowsOf(seen: Seen) {
  const note = createStep({
    id: 'note',
    inputSchema: payload.nullable(),
    outputSchema: order,
    stateSchema: progress,
    execute: async ({ inputData, state, setState, getInitData }) => {
      const left = state.left - (inputData ? 1 : 0)
      if (inputData) seen.payloads.push(inputData)
      else seen.timeouts += 1
      await setState({ left })
      return { ...order.parse(getInitData()), left }
    },
  })
  const loop = <const Id extends string>(id: Id, { timeoutMs }: { readonly timeoutMs?: number } = {}) =>
    createWorkflow({ id, inputSchema: order, outputSchema: order, stateSchema: progress })
      .dountil(
        (flow) =>
          flow
            .waitForEvent('storm', {
              schema: payload,
              key: ({ inputData }) => inputData.key,
              onTimeout: 'null',
              ...(timeoutMs !== undefined && { timeoutMs }),
            })
            .then(note),
        ({ inputData }) => inputData.left === 0,
      )
      .commit()
  const wide = createWorkflow({ id: 'wide', inputSchema: order, outputSchema: z.array(payload) })
    .map(async ({ inputData: { key, left } }) => Array.from({ length: left }, () => key))
    .foreach((flow) => flow.waitForEvent('storm', { schema: payload, key: ({ inputData }) => inputData }), {
      concurrency: 20,
    })
    .commit()
  return {
    patient: loop('patient'),
    impatient: loop('impatient', { timeoutMs: IMPATIENCE_MS }),
    wide,
  } satisfies Record<Way, Workflow>
}

/** Everything that is sent, twice, and what the first call and the second were answered. */
export class Sender {
  readonly ids: string[] = []
  readonly wrong: string[] = []
  private readonly owed: (() => Promise<void>)[] = []

  constructor(
    private readonly engines: readonly EventedEngine[],
    private readonly random: () => number,
  ) {}

  /** One after the other, through whichever process. */
  async inOrder(events: readonly Payload[]): Promise<void> {
    for (const event of events) await this.twice(event)
  }

  /** The repeats that were put off. */
  async repeat(): Promise<void> {
    await Promise.all(this.owed.splice(0).map((again) => again()))
  }

  private async twice(event: Payload): Promise<void> {
    const { engines, random } = this
    const first = Math.floor(random() * engines.length)
    // Half of the repeats come from another process.
    const second = (first + (event.n % 2)) % engines.length
    const send = (place: number) =>
      engines[place]?.sendEvent({ name: 'storm', key: event.key, payload: event, ...once })
    const once = { idempotencyKey: `no. ${event.n}`, keepMs: KEEP_MS }
    const sent = send(first)
    const again = async (): Promise<void> => {
      const [one, other] = [await sent, await send(second)]
      const pair = [one?.status, other?.status].sort().join()
      if (pair !== 'accepted,duplicate' || one?.eventId !== other?.eventId) this.wrong.push(`${event.key}/${event.n}`)
    }
    if (random() < 0.5) this.owed.push(again)
    else await again()
    const accepted = await sent
    if (accepted) this.ids.push(accepted.eventId)
  }
}

/** The events that the journals of all runs have, each as often as it was received. */
export async function received(storage: Storage): Promise<readonly string[]> {
  const mails: string[] = []
  for (const { journal } of await listed(storage, 'run')) {
    const [slice] = await storage.load([{ journal }])
    for (const { fact } of slice?.commits.flatMap(({ entries }) => entries) ?? []) {
      const { type, mail } = JSON.parse(fact) as { readonly type: string; readonly mail?: string }
      if (type === 'event-received' && mail !== undefined) mails.push(mail)
    }
  }
  return mails
}

/** How many mailboxes have which status. */
export async function mailboxes(storage: Storage): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const { status } of await listed(storage, 'mailbox')) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const listed = async (storage: Storage, kind: 'run' | 'mailbox') =>
  (await storage.list({ namespace: 'default', kind, limit: 1_000 })).rows
