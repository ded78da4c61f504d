import { toError } from '../errors/index.js'
import { FewMap, type Ref, type RunState, type Source } from '../machine/index.js'
import { type AbortReason, Body } from './body.js'
import type { Driver } from './driver.js'
import type { Fact, Fold } from './fold.js'
import { lookAtInput } from './look-at-input.js'
import { failureOf } from './outcome.js'
import { type Bench, type Claimed, deskOf } from './perform.js'
import type { Request } from './request.js'
import { soon } from './soon.js'
import { tallied } from './tallied.js'

/** Where it goes what user code says and comes to. */
interface Outlet {
  push(...requests: readonly Request[]): void
  readonly inbox: { readonly chunks: { flushed(): Promise<unknown> | undefined } }
  /** Where a claim lies now that was held back when others were faster. */
  readonly writer: { readonly held: { placeOf(claim: Ref): Ref | undefined } }
}

/** The user code of one run that this process is running. */
export class Bodies implements Iterable<Source> {
  private readonly running = new FewMap<string, Body>()
  /** What became of those that have ended just now, while others run. */
  private readonly ended: Request[] = []

  constructor(
    private readonly driver: Driver,
    private readonly bench: Bench,
    private readonly outlet: Outlet,
  ) {}

  get size(): number {
    return this.running.size
  }

  /** Begins what was claimed, if the claim stands now that it is recorded and is not to be given back. */
  begin(fold: Fold, claimed: Claimed): void {
    const { activity, claim } = claimed
    if (fold.state.activities.get(activity.key)?.claim?.ref !== claim) return
    const body = new Body(this.bench, claimed, this.driver.settings.clock)
    this.running.set(activity.key, body)
    if (this.driver.releasing) return
    this.driver.running += 1
    this.driver.heart.goOn()
    void this.outcome(fold, body, claimed).then((facts) => this.concludes(body, facts))
  }

  /** What it has written goes ahead of what it came to. */
  private concludes(body: Body, facts: readonly Fact[]): void {
    body.done()
    const flushed = this.outlet.inbox.chunks.flushed()
    if (flushed) void flushed.then(() => this.concluded(body, facts))
    else this.concluded(body, facts)
  }

  private concluded(body: Body, given: readonly Fact[]): void {
    this.finish(body)
    // It gave up because it was told to, and that is no failure of the step.
    if (body.wasToldLost && given.some(hasFailed)) return this.tell({ facts: () => [this.released(body)] })
    const facts = body.tally ? given.map((fact) => tallied(this.bench.recorder, fact, body.tally)) : given
    this.tell(new Outcome(facts, body.claimed, this))
  }

  /** What ends at one moment goes into one commit. */
  private tell(request: Request): void {
    if (this.size === 0 && this.ended.length === 0) return this.outlet.push(request)
    this.ended.push(request)
    if (this.size === 0) this.tellAll()
    else if (this.ended.length === 1) soon(() => this.tellAll())
  }

  private tellAll(): void {
    if (this.ended.length > 0) this.outlet.push(...this.ended.splice(0))
  }

  private outcome(fold: Fold, body: Body, claimed: Claimed): Promise<readonly Fact[]> {
    return claimed.activity.begun ? body.run(claimed) : this.outcomeUnseen(fold, body, claimed)
  }

  private async outcomeUnseen(fold: Fold, body: Body, claimed: Claimed): Promise<readonly Fact[]> {
    try {
      const looked = await lookAtInput(this.bench, { fold, claimed, push: (request) => this.outlet.push(request) })
      if ('facts' in looked) return looked.facts
      return this.running.get(body.key) === body ? await body.run(looked) : []
    } catch (error) {
      return failureOf(deskOf(this.bench, claimed), toError(error), { final: true })
    }
  }

  /** Bodies whose claim no longer stands are told so; what they return will be dropped. */
  abortSuperseded(fold: Fold): void {
    const { held } = this.outlet.writer
    for (const body of this.running.values()) {
      const claim = held.placeOf(body.claim)
      if (claim !== undefined && fold.state.activities.get(body.key)?.claim?.ref === claim) continue
      this.running.delete(body.key)
      body.drop(whyLost(fold, body.key))
    }
  }

  /** What running code may still look at, though the run has gone on; looked through only when somebody asks. */
  *[Symbol.iterator](): Iterator<Source> {
    for (const { scene } of this.running.values()) {
      for (const [, source] of scene.state) yield source
      for (const [, source] of scene.context) yield source
    }
  }

  /** Somebody else has claims in the run. Mostly it takes no look at them to know that nobody has. */
  haveCompany({ activities, suspended }: RunState): boolean {
    if (activities.size - suspended.size <= this.size) return false
    const { session } = this.driver
    for (const { claim } of activities.values()) if (claim && claim.session !== session) return true
    return false
  }

  /** Gives back the claims of all of them. */
  releases(): readonly Fact[] {
    return [...this.running.values()].map((body) => this.released(body))
  }

  private released({ key, claim, tally }: Body): Fact {
    const { recorder } = this.bench
    return tallied(recorder, recorder.plain({ type: 'step-released', at: key, claim }), tally)
  }

  abortAll(reason: AbortReason): void {
    for (const body of this.running.values()) body.abort(reason)
  }

  /** Nobody will hear of them any more. */
  abandon(reason: AbortReason): void {
    for (const body of this.running.values()) body.drop(reason)
    this.running.clear()
    this.bench.trace?.close()
  }

  private finish(body: Body): void {
    this.driver.running -= 1
    if (this.running.get(body.key) === body) this.running.delete(body.key)
  }

  /** The storage would not have what the body returned: that is how it failed. */
  async recordRefusal(claimed: Claimed, error: unknown): Promise<void> {
    const instead = await failureOf(deskOf(this.bench, claimed), toError(error), { final: true })
    this.outlet.push({ facts: () => instead })
  }
}

/** What a body has come to. A class: each step makes one. */
class Outcome implements Request {
  constructor(
    private readonly given: readonly Fact[],
    private readonly claimed: Claimed,
    private readonly bodies: Bodies,
  ) {}

  facts(): readonly Fact[] {
    return this.given
  }

  failed(error: unknown): void {
    void this.bodies.recordRefusal(this.claimed, error)
  }
}

function whyLost(fold: Fold, key: string): AbortReason {
  if (fold.state.outcome?.status === 'canceled') return 'canceled'
  return fold.ranOutOfTime(key) ? 'timeout' : 'lost'
}

const hasFailed = ({ event }: Fact): boolean => event.type === 'step-failed'

/** Facts that may end what other bodies are doing. */
export const endsOthers = ({ event }: Fact): boolean =>
  event.type === 'cancel-requested' || event.type === 'timer-fired'
