import type { StoredValue } from '../contracts/index.js'
import type { PlacedWait } from '../driver/post-office.js'
import type { EntryPlace, Question, Written } from '../keeper/index.js'
import type { EventSent, MailFact } from './machine/mail-fact.js'
import { expiredBy } from './machine/mailbox-machine.js'
import { type KeptEvent, type KeptWait, type Mailbox, waitNamed } from './machine/mailbox-state.js'
import type { Address } from './mailbox-id.js'

/** What a mailbox is asked, and what is to be done because of it. */
export type Asking<Answer> = Question<Mailbox, MailFact, Answered<Answer>>

export interface Answered<Answer> {
  readonly answer: Answer
  /** What waits were given by the commit that this was part of. */
  readonly given: readonly Gift[]
  /** Events that it has removed. */
  readonly gone: readonly Letter[]
}

/** An event without its payload, which lies at its place. */
export interface Letter {
  readonly id: string
  readonly seq: number
  readonly sentAt: number
  readonly place: EntryPlace
}

export interface Gift {
  readonly wait: PlacedWait
  readonly letter: Letter
}

export interface SentEvent {
  readonly eventId: string
  /** `'duplicate'`: an event with this idempotency key is kept already, and its id is the answer. */
  readonly status: 'accepted' | 'duplicate'
}

export interface Sending extends Omit<EventSent, 'type' | 'until'> {
  readonly keepMs: number
}

/** The last moment that a date can hold. */
const LAST_MOMENT = 8.64e15

export function sending({ keepMs, ...event }: Sending, value: StoredValue, address: Address): Asking<SentEvent> {
  const { id, dedupe } = event
  return asking({
    address,
    facts: (_, now) => [{ fact: { type: 'event-sent', ...event, until: Math.min(now + keepMs, LAST_MOMENT) }, value }],
    answer({ texts }) {
      const first = (dedupe === undefined ? undefined : texts.get(dedupe)?.id) ?? id
      return { eventId: first, status: first === id ? 'accepted' : 'duplicate' }
    },
  })
}

/** Answers what the wait has been given. */
export function placing(wait: PlacedWait): Asking<Letter | undefined> {
  const { runId: run, workflowId: workflow, graphHash: hash, at, of } = wait
  return asking({
    address: wait,
    facts: () => [{ fact: { type: 'wait-placed', run, workflow, hash, at, of } }],
    answer(box) {
      const mail = waitNamed(box, { run, of })?.mail
      return mail && letterOf(mail)
    },
  })
}

export const taking = (wait: PlacedWait, seq: number): Asking<void> =>
  asking({
    facts: () => [{ fact: { type: 'event-taken', seq, run: wait.runId, of: wait.of } }],
    answer: () => undefined,
  })

export const leaving = (wait: PlacedWait): Asking<void> =>
  asking({ facts: () => [{ fact: { type: 'wait-left', run: wait.runId, of: wait.of } }], answer: () => undefined })

/** What the wait was given may be on its way into a journal, and must not be given again. */
export const forgetting = ({ runId: run, of }: PlacedWait): Asking<void> =>
  asking({
    facts: (box) => {
      const wait = waitNamed(box, { run, of })
      return wait && !wait.mail ? [{ fact: { type: 'wait-left', run, of } }] : []
    },
    answer: () => undefined,
  })

/** Answers all that was given and is not taken. */
export const looking = (): Asking<readonly Gift[]> =>
  asking({ facts: () => [], answer: (box) => [...box.given.values()].flatMap((wait) => giftOf(box, wait)) })

interface Parts<Answer> {
  /** Of a mailbox in which there may be nothing yet. */
  readonly address?: Address
  readonly facts: (box: Mailbox, now: number) => readonly Written<MailFact>[]
  readonly answer: (box: Mailbox) => Answer
}

/** Whoever asks something also writes what has become of the time. */
function asking<Answer>({ address, facts, answer }: Parts<Answer>): Asking<Answer> {
  return {
    facts(box, now) {
      const { name, key } = address ?? {}
      const isNew = name !== undefined && key !== undefined && box.name === undefined
      const seqs = expiredBy(box, now)
      return [
        ...(isNew ? [{ fact: { type: 'opened', name, key } as const }] : []),
        ...(seqs.length > 0 ? [{ fact: { type: 'event-expired', seqs } as const }] : []),
        ...facts(box, now),
      ]
    },
    answer(box, [written]) {
      const { lately } = box
      const isOurs = written !== undefined && written.version === lately.version
      return {
        answer: answer(box),
        given: isOurs ? lately.given.flatMap((wait) => giftOf(box, wait)) : [],
        gone: isOurs ? lately.gone.map(letterOf) : [],
      }
    },
  }
}

const letterOf = ({ id, seq, stamp, place }: KeptEvent): Letter => ({ id, seq, sentAt: stamp.at, place })

function giftOf({ name = '', key, given }: Mailbox, wait: KeptWait): readonly Gift[] {
  const { run: runId, workflow: workflowId, hash: graphHash, at, of, mail, turn } = wait
  // In the same commit it may have left again.
  if (!mail || !given.has(turn)) return []
  return [{ wait: { runId, workflowId, graphHash, at, of, name, key }, letter: letterOf(mail) }]
}
