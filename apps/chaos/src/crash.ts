import type { Ledger } from './ledger.ts'

const places = ['before claim', 'after claim', 'mid-body', 'after body', 'after commit', 'in callback'] as const

/** Where a process may be killed. At random the supervisor does it, whatever the process is at; else it kills itself. */
export const points = [...places, 'at random'] as const

type Place = (typeof places)[number]

export type Point = (typeof points)[number]

/** A process comes to a place of a run; the armed one does not get past it. */
export type Reach = (place: Place, run: string) => void

export interface Armed {
  readonly point: Point
  /** So many times the process gets past it. At random: so many milliseconds it lives. */
  readonly spare: number
}

export interface Strikes {
  readonly kills: number
  /** So many of them at random. */
  readonly atRandom: number
}

/** Named points in their turn, a little later each time, and those at random evenly in between. */
export function armedFor(turn: number, { kills, atRandom }: Strikes): Armed {
  const before = Math.floor((turn * atRandom) / kills)
  const isRandom = Math.floor(((turn + 1) * atRandom) / kills) > before
  const point = isRandom ? 'at random' : (places[(turn - before) % places.length] ?? 'mid-body')
  const round = Math.floor((turn - before) / places.length)
  if (point === 'at random') return { point, spare: Math.floor(Math.random() * LONGEST_RANDOM_MS) }
  return { point, spare: point === 'in callback' ? round % 2 : (round * 3) % 11 }
}

const LONGEST_RANDOM_MS = 1_000

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
