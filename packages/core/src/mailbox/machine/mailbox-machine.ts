import type { SmallMachine, Summary } from '../../keeper/small-machine.js'
import { foldMail } from './fold-mail.js'
import type { MailFact } from './mail-fact.js'
import { emptyMailbox, type Mailbox } from './mailbox-state.js'
import { loadMailbox, type SavedMailbox, saveMailbox } from './save-mailbox.js'

/** So long after an event was given a sweep may find it that is not taken, and ever less often after that. */
export const SOON_MS = 1_000
const LATEST_MS = 60_000
/** Of the time that it has been lying about. */
const SHARE = 4

export const mailboxMachine: SmallMachine<Mailbox, MailFact> = {
  kind: 'mailbox',
  begin: emptyMailbox,
  fold: foldMail,
  summary: summaryOf,
  save: saveMailbox,
  load: (saved) => loadMailbox(saved as SavedMailbox),
}

function summaryOf(box: Mailbox, now: number): Summary {
  const { events, waits, texts, givenTo } = box
  const isOver = events.size + waits.size + texts.size === 0
  // What is for several workflows is anybody's: nobody may be kept waiting because one of them is served by none.
  const [workflow, ...others] = givenTo.keys()
  const workflowId = workflow !== undefined && others.length === 0 ? workflow : ''
  return { status: isOver ? 'empty' : 'open', workflowId, wakeAt: wakeAtOf(box, now), isOver }
}

function wakeAtOf({ given, gave, expiries: { first } }: Mailbox, now: number): number | null {
  const over = first?.at ?? Number.POSITIVE_INFINITY
  // While a commit is not stored, the moment at which it gives something is unknown.
  const sinceMs = gave && !Number.isNaN(gave.at) ? now - gave.at : 0
  const look = now + Math.min(LATEST_MS, Math.max(SOON_MS, sinceMs / SHARE))
  const at = Math.min(over, given.size > 0 ? look : Number.POSITIVE_INFINITY)
  return at === Number.POSITIVE_INFINITY ? null : at
}

/** Events whose time is over by now, and texts that need not be known any longer. */
export function expiredBy({ expiries }: Mailbox, now: number): readonly number[] {
  return [...new Set([...expiries.before(({ at }) => at <= now)].map(({ seq }) => seq))]
}
