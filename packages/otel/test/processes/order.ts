/** What a process is to do for the run. */
export interface Order {
  readonly name: string
  readonly does: 'starts' | 'resumes' | 'works'
  readonly runId: string
  /** The SQLite file that all of them share. */
  readonly path: string
  /** Where it writes a line for each span. */
  readonly spans: string
  /** It dies while the order is approved. */
  readonly dies: boolean
}
