import { appendFileSync, readFileSync } from 'node:fs'

/** What really happened, written beside the product: one line each, by whoever did it. */
export type Line =
  | { readonly type: 'body'; readonly run: string; readonly path: string; readonly key: string }
  | { readonly type: 'callback'; readonly run: string; readonly status: string }
  /** The process was taken for dead while it lived. */
  | { readonly type: 'lost'; readonly run: string; readonly key: string }
  /** The storage has handed the run to the process, and to nobody else for the length of a lease. */
  | { readonly type: 'handed'; readonly run: string }
  /** From now on the process looks for work. */
  | { readonly type: 'ready'; readonly run: '' }
  /** The process stood still for longer than a lease, and went on. */
  | { readonly type: 'stop'; readonly run: '' }
  /** A server could not be reached from the first of these on, until the second. */
  | { readonly type: 'away' | 'back'; readonly run: ''; readonly of: 'storage' | 'pubsub' | 'both' }
  /** `run`: the one at which it was struck; empty, when that was at random. */
  | { readonly type: 'kill'; readonly run: string; readonly point: string }

export type Written = Line & { readonly process: string; readonly n: number; readonly at: number }

export type Ledger = (line: Line) => void

/** Each line is appended with one call, so that lines of several processes do not mix, and is there before a kill. */
export function openLedger(file: string, process: string): Ledger {
  let n = 0
  return (line) => {
    n += 1
    appendFileSync(file, `${JSON.stringify({ ...line, process, n, at: Date.now() } satisfies Written)}\n`)
  }
}

export const readLedger = (file: string): readonly Written[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Written)
