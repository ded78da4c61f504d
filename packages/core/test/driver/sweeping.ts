import type { DueJournal, DueQuery, JournalKind } from '../../src/contracts/index.js'
import { Sweeper } from '../../src/driver/sweeper.js'
import type { Caretaker } from '../../src/keeper/index.js'

export const LEASE_MS = 30_000
export const NOW = 100_000

interface Fate {
  /** Sessions of others that hold claims in it. */
  readonly holders?: readonly string[]
  readonly outdated?: Error
  readonly fails?: Error
}

export const due = (id: string, { kind = 'run' as JournalKind, graphHash = 'h', updatedAt = NOW } = {}): DueJournal =>
  ({ journal: { namespace: 'n', kind, id }, header: { workflowId: 'w', graphHash, updatedAt }, now: NOW + 7 }) as never

/** A process that serves workflow w, and what its storage hands out call by call. */
export function processThatSweeps(
  handsOut: readonly (readonly DueJournal[] | Error)[],
  fates: Readonly<Record<string, Fate>> = {},
) {
  const asked: DueQuery[] = []
  const left = [...handsOut]
  const log: string[] = []
  const heard: (readonly string[])[] = []
  const times: number[] = []
  const measured: unknown[] = []
  const dead = new Set<string>()
  const runs = new Map<string, { readonly runId: string; pokes: number; handed: number; dueAs: unknown[] }>()
  const heart = {
    session: 'mine',
    expired: new Set<string>(),
    learnExpired: async (sessions: readonly string[]) => {
      heard.push(sessions)
      return sessions.filter((session) => dead.has(session))
    },
  }
  const clock = { at: 0 }
  const write = (level: string) => (_: unknown, text: string) => void log.push(`${level} ${text}`)
  const driver = {
    closed: false,
    heart,
    caretakers: [] as Caretaker[],
    served: () => [{ workflowId: 'w', graphHash: 'h' }],
    program: () => ({ workflow: { hash: 'h' } }),
    tellTime: (now: number) => times.push(now),
    settings: {
      namespace: 'n',
      leaseMs: LEASE_MS,
      witness: { measure: (what: string, count: number, about: object) => void measured.push([what, count, about]) },
      tidy: undefined as (() => Promise<void>) | undefined,
      logger: { warn: write('warn'), error: write('error') },
      clock: {
        now: () => clock.at,
        after(_: number, wake: () => void) {
          queueMicrotask(wake)
          return () => undefined
        },
      },
      storage: {
        async due(query: DueQuery) {
          asked.push(query)
          const next = left.shift() ?? []
          if (next instanceof Error) throw next
          return next
        },
      },
    },
    live(runId: string) {
      const fate = fates[runId] ?? {}
      if (fate.fails) throw fate.fails
      const run = runs.get(runId) ?? { runId, pokes: 0, handed: 0, dueAs: [] as unknown[] }
      runs.set(runId, run)
      const activities = new Map((fate.holders ?? []).map((session, n) => [`${n}`, { claim: { session } }]))
      const fold = { state: { activities }, standsStill: fate.outdated !== undefined, outdated: fate.outdated }
      return Object.assign(run, {
        driver,
        writer: { handedOut: (header: unknown) => run.dueAs.push(header) },
        here: { handOver: () => (run.handed += 1) },
        read: async (look: (of: unknown) => unknown) => look(fold),
        poke: () => (run.pokes += 1),
      })
    },
  }
  const sweeper = new Sweeper(driver as never)
  const sweep = async (limit = 10, isThorough = false) => {
    const swept = await sweeper.sweep(limit, isThorough)
    return { ids: swept.runs.map(({ runId }) => runId), full: swept.full }
  }
  return { driver, sweeper, sweep, asked, log, heard, times, measured, dead, runs, heart, clock }
}
