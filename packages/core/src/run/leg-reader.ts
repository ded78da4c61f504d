import type { Reader } from '../driver/reader.js'
import type { WorkflowStreamEvent } from '../driver/stream-event.js'

export interface Leg {
  /** Whether a rest is an end; otherwise nothing is told of it. */
  readonly closesOnSuspend: boolean
  /** What was under way before is not told of. */
  readonly skipsToStart: boolean
}

const isFinish = (event: WorkflowStreamEvent) => event.type === 'workflow-finish'

const isRest = (event: WorkflowStreamEvent): boolean =>
  isFinish(event) && (event.payload.workflowStatus === 'suspended' || event.payload.workflowStatus === 'paused')

/** Whether nothing more is expected after this event. */
export const closes = (event: WorkflowStreamEvent, { closesOnSuspend }: Pick<Leg, 'closesOnSuspend'>): boolean =>
  isFinish(event) && (closesOnSuspend || !isRest(event))

/** Reads from one start, resume or time travel to the rest or end that it leads to. */
export class LegReader {
  private hasStarted: boolean
  private hasToldStart = false
  private hasEnded = false

  constructor(
    private readonly reader: Reader,
    private readonly leg: Leg,
  ) {
    this.hasStarted = !leg.skipsToStart
  }

  /** `undefined`: that was all. */
  async next(): Promise<WorkflowStreamEvent | undefined> {
    while (!this.hasEnded) {
      const event = await this.reader.next()
      if (!event) return undefined
      if (!this.isTold(event)) continue
      this.hasEnded = closes(event, this.leg)
      return event
    }
    return undefined
  }

  stop(): void {
    this.reader.stop()
  }

  private isTold(event: WorkflowStreamEvent): boolean {
    const isStart = event.type === 'workflow-start'
    // Others may resume it as well.
    const goesOn = isStart && this.hasToldStart
    this.hasToldStart ||= isStart
    // The start may have been among what is missing; and what is canceled before it has begun never starts.
    this.hasStarted ||= isStart || ['workflow-gap', 'workflow-canceled'].includes(event.type)
    if (!this.hasStarted) return false
    return !goesOn && (this.leg.closesOnSuspend || !isRest(event))
  }
}
