import { toError } from '../errors/index.js'
import type { Ref, Wait } from '../machine/index.js'
import { aboutRun } from './about-run.js'
import type { Draft } from './draft.js'
import type { Fact, Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import type { Mail, PlacedWait, PostOffice } from './post-office.js'
import { isWaiting, receive } from './receive.js'
import { untilAnswered } from './until-answered.js'

/** So many events at most are remembered after they have come. */
const MOST_RECEIVED = 1_000

/** What mailboxes are told of the waits of one run by this process, and what they answer. */
export class WaitsHere {
  /** Events that were received here; a mailbox may not have heard of it yet. */
  private received: Map<Ref, string> | undefined
  private underWay: Set<Ref> | undefined

  constructor(private readonly run: LiveRun) {}

  /** Waits about which a mailbox is being asked. */
  get asking(): number {
    return this.underWay?.size ?? 0
  }

  /** A mailbox may not have heard yet of what has come. */
  get hasReceived(): boolean {
    return this.received !== undefined
  }

  /** The event that has come for a wait, as far as it came here. */
  mailOf(of: Ref): string | undefined {
    return this.received?.get(of)
  }

  remember(of: Ref, mail: string): void {
    this.received ??= new Map()
    const { received } = this
    received.set(of, mail)
    if (received.size <= MOST_RECEIVED) return
    for (const oldest of received.keys()) return void received.delete(oldest)
  }

  /** A turn is over. Whoever was handed the run and found nothing to do is to look whether there is mail. */
  see(fold: Fold, draft: Draft): void {
    const { post, closed } = this.run.driver
    const { waits, unplaced, rest } = fold.state
    if (!post) return
    if (fold.turn.left.length > 0)
      for (const wait of fold.turn.left.splice(0)) this.leave(post, this.placedAs(fold, wait))
    // What is held back here no mailbox could give an event to.
    if (waits.size === 0 || closed || rest === 'paused' || fold.standsStill || this.run.writer.heldBack > 0) return
    const asksAgain = draft.facts.some(goesOn) || (this.run.here.handed > 0 && draft.facts.length === 0)
    for (const wait of (asksAgain ? waits : unplaced).values()) {
      this.underWay ??= new Set()
      if (this.underWay.has(wait.of)) continue
      this.underWay.add(wait.of)
      void this.place(post, this.placedAs(fold, wait))
    }
  }

  private placedAs({ storedHash }: Fold, { at, of, name, key }: Wait): PlacedWait {
    const { id: workflowId, hash } = this.run.program.workflow
    return { runId: this.run.runId, workflowId, graphHash: storedHash ?? hash, at, of, name, key }
  }

  /** Never rejects: what fails here a later look does again. */
  private async place(post: PostOffice, wait: PlacedWait): Promise<void> {
    const { driver, runId } = this.run
    const { clock, logger } = driver.settings
    try {
      const tells = (error: unknown): void =>
        logger.warn(
          { ...aboutRun(this.run), err: error },
          `run "${runId}" cannot wait for the event "${wait.name}" yet: ${toError(error).message}`,
        )
      const mail = await untilAnswered({ clock, closed: () => driver.closed, tells }, () => post.place(wait))
      await (mail ? this.take(post, wait, mail) : this.tell(post, wait))
    } catch (error) {
      if (!driver.closed)
        logger.error(
          { ...aboutRun(this.run), err: error },
          `run "${runId}" cannot wait for the event "${wait.name}" here: ${toError(error).message}`,
        )
    } finally {
      this.underWay?.delete(wait.of)
    }
    driver.rested(this.run)
  }

  /** The run is told that the mailbox knows. Where it has gone on meanwhile, the wait may have been made known once more. */
  private async tell(post: PostOffice, wait: PlacedWait): Promise<void> {
    const { at, of } = wait
    const { recorder } = this.run.bench
    let waits = true
    await this.run.write((fold) => {
      waits = isWaiting(fold, wait)
      return waits && fold.state.unplaced.has(at) ? [recorder.plain({ type: 'wait-placed', at, of })] : []
    })
    if (!waits) await post.forget(wait)
  }

  private async take(post: PostOffice, wait: PlacedWait, mail: Mail): Promise<void> {
    const became = await receive(this.run, wait, mail)
    if (became === 'taken') await post.taken(wait, mail)
    else if (became === 'gone') await post.leave(wait)
  }

  /** Nobody waits for it: a mailbox that does not hear of it finds out when it has an event for it. */
  private leave(post: PostOffice, wait: PlacedWait): void {
    void post.leave(wait).catch(() => undefined)
  }
}

/** While it was paused no event could come. */
const goesOn = ({ event }: Fact): boolean => event.type === 'run-continued'
