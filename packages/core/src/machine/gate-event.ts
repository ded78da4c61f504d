/** The ticket of the run lies in that gate. Written from the state, so always based. */
export interface RunQueued {
  readonly type: 'run-queued'
  readonly gate: string
  readonly ticket: number
}

/** That gate has let the run through. Written from the state, so always based. */
export interface RunAdmitted {
  readonly type: 'run-admitted'
  readonly gate: string
  readonly ticket: number
}
