import type { Ledger } from './ledger.ts'

/** Places at which a process may be killed. */
export const points = ['before claim', 'after claim', 'mid-body', 'after body', 'after commit', 'in callback'] as const

export type Point = (typeof points)[number]

/** A process comes to a place of a run; the armed one does not get past it. */
export type Reach = (point: Point, run: string) => void

export interface Armed {
  readonly point: Point
  /** So many times the process gets past it. */
  readonly spare: number
}

export function createReach(armed: Armed | undefined, ledger: Ledger): Reach {
  let spare = armed?.spare ?? 0
  return (point, run) => {
    if (point !== armed?.point) return
    spare -= 1
    if (spare >= 0) return
    ledger({ type: 'kill', run, point })
    process.kill(process.pid, 'SIGKILL')
    // The signal comes when it comes; nothing more may happen here.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000)
  }
}
