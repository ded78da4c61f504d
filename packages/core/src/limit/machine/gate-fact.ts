/** So many starts in each period; it slides. */
export interface Rate {
  readonly limit: number
  readonly periodMs: number
}

interface OfTicket {
  readonly run: string
  /** Which of the times that the run asks. One that is higher puts an end to those before it. */
  readonly ticket: number
}

/** A run wants to go on. */
export interface SlotAsked extends OfTicket {
  readonly type: 'slot-asked'
  readonly workflow: string
  readonly priority?: number
  /** It is to have a slot, of which there are so many from now on; `null`: any number. Absent: it needs none. */
  readonly slots?: number | null
  /** It counts as a start, of which there may be so many from now on. Absent: it does not. */
  readonly rate?: Rate | null
}

/** It is let through; whoever writes this has looked at the limits and the time. */
export interface SlotGranted extends OfTicket {
  readonly type: 'slot-granted'
  /** By the one who has just asked for it, and whom its run has told to come back. */
  readonly isThere?: true
}

/** The journal of the run says that it was let through. */
export interface SlotTaken extends OfTicket {
  readonly type: 'slot-taken'
}

/** The run needs it no longer, or does not want it any more. */
export interface SlotGivenBack extends OfTicket {
  readonly type: 'slot-given-back'
}

export type GateFact = SlotAsked | SlotGranted | SlotTaken | SlotGivenBack
