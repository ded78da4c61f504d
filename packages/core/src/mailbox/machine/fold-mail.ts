import { WorkflowError } from '../../errors/index.js'
import type { Folding } from '../../keeper/small-machine.js'
import type { EventExpired, EventSent, EventTaken, MailFact, Opened, WaitLeft, WaitPlaced } from './mail-fact.js'
import {
  canExpire,
  isOpenEvent,
  type KeptEvent,
  type KeptWait,
  type Mailbox,
  nameOfWait,
  waitNamed,
} from './mailbox-state.js'
import {
  closeBroadcast,
  closeRun,
  drop,
  dropIfOver,
  giveBack,
  offer,
  offerToAll,
  putExpiry,
  runBox,
  serve,
} from './matching.js'

/** `false`: the fact means nothing here, and nothing was changed. */
export function foldMail(box: Mailbox, fact: MailFact, folding: Folding): boolean {
  if (box.lately.version !== folding.version)
    folding.undo.set(box, 'lately', { version: folding.version, given: [], gone: [] })
  const hasEffect = foldOne(box, fact, folding)
  if (hasEffect) dropOldExpiries(box, folding)
  return hasEffect
}

function foldOne(box: Mailbox, fact: MailFact, folding: Folding): boolean {
  switch (fact.type) {
    case 'opened':
      return opened(box, fact, folding)
    case 'event-sent':
      return sent(box, fact, folding)
    case 'wait-placed':
      return placed(box, fact, folding)
    case 'event-taken':
      return taken(box, fact, folding)
    case 'wait-left':
      return left(box, fact, folding)
    case 'event-expired':
      return expired(box, fact, folding)
    default: {
      const { type } = fact as { readonly type: unknown }
      const text = `a mailbox holds ${JSON.stringify(type)}, which a later release has written: this one cannot go on with it`
      throw new WorkflowError('WF_UNSUPPORTED', text)
    }
  }
}

function opened(box: Mailbox, { name, key }: Opened, { undo }: Folding): boolean {
  if (box.name !== undefined) return false
  undo.assign(box, { name, key })
  return true
}

function sent(box: Mailbox, fact: EventSent, folding: Folding): boolean {
  const { dedupe, id, until, run, broadcast = false } = fact
  const { undo, stamp, version, index } = folding
  if (dedupe !== undefined && box.texts.has(dedupe)) return false
  const seq = box.sent + 1
  undo.set(box, 'sent', seq)
  const place = { version, index }
  const event: KeptEvent = { seq, id, until, run, isBroadcast: broadcast, place, stamp, out: 0, isOver: false }
  if (dedupe !== undefined) {
    undo.put(box.texts, dedupe, { seq, id, until })
    undo.put(box.textOf, seq, dedupe)
    putExpiry(box, event, undo)
  }
  if (broadcast) offerToAll(box, event, folding)
  else offer(box, event, folding)
  return true
}

function placed(box: Mailbox, { run, workflow, hash, at, of }: WaitPlaced, folding: Folding): boolean {
  const { undo } = folding
  const name = nameOfWait({ run, of })
  if (box.turns.has(name)) return false
  const turn = box.placed + 1
  undo.set(box, 'placed', turn)
  const wait: KeptWait = { turn, run, workflow, hash, at, of, mail: undefined }
  undo.put(box.waits, turn, wait)
  undo.put(box.turns, name, turn)
  const own = runBox(box, run, undo)
  undo.set(own, 'waits', own.waits + 1)
  serve(box, wait, folding)
  return true
}

function taken(box: Mailbox, { seq, run, of }: EventTaken, { undo }: Folding): boolean {
  const wait = waitNamed(box, { run, of })
  const event = wait?.mail
  if (!wait || event?.seq !== seq) return false
  remove(box, wait, undo)
  undo.set(event, 'out', event.out - 1)
  if (event.isBroadcast) dropIfOver(box, event, undo)
  else drop(box, event, undo)
  closeRun(box, run, undo)
  return true
}

function left(box: Mailbox, { run, of }: WaitLeft, folding: Folding): boolean {
  const { undo } = folding
  const wait = waitNamed(box, { run, of })
  if (!wait) return false
  remove(box, wait, undo)
  giveBack(box, wait, folding)
  closeRun(box, run, undo)
  return true
}

function remove(box: Mailbox, wait: KeptWait, undo: Folding['undo']): void {
  const { turn, run, workflow, mail } = wait
  undo.remove(box.waits, turn)
  undo.remove(box.turns, nameOfWait(wait))
  const own = runBox(box, run, undo)
  undo.set(own, 'waits', own.waits - 1)
  if (mail === undefined) return
  undo.remove(box.given, turn)
  const others = Number(box.givenTo.get(workflow)) - 1
  if (others > 0) undo.put(box.givenTo, workflow, others)
  else undo.remove(box.givenTo, workflow)
}

function expired(box: Mailbox, { seqs }: EventExpired, { undo }: Folding): boolean {
  const wasLive = box.live > 0
  let hasEffect = false
  for (const seq of seqs) {
    if (!canExpire(box, { at: 0, seq })) continue
    hasEffect = true
    forgetText(box, seq, undo)
    const event = box.events.get(seq)
    if (event && isOpenEvent(box, seq)) over(box, event, undo)
  }
  if (wasLive && box.live === 0) for (const run of [...box.runs.keys()]) closeRun(box, run, undo)
  return hasEffect
}

function over(box: Mailbox, event: KeptEvent, undo: Folding['undo']): void {
  if (event.isBroadcast) {
    closeBroadcast(box, event, undo)
    dropIfOver(box, event, undo)
    return
  }
  drop(box, event, undo)
  if (event.run !== undefined) closeRun(box, event.run, undo)
}

function forgetText(box: Mailbox, seq: number, undo: Folding['undo']): void {
  const text = box.textOf.get(seq)
  if (text === undefined) return
  undo.remove(box.textOf, seq)
  undo.remove(box.texts, text)
}

/** So that the first one is always a reason to look. */
function dropOldExpiries(box: Mailbox, { undo }: Folding): void {
  const { expiries } = box
  for (let first = expiries.first; first && !canExpire(box, first); first = expiries.first) expiries.pop(undo)
}
