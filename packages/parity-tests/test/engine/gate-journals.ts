import type { Header, Storage } from '@wf/core'

interface Stored {
  readonly at: number
  readonly facts: readonly { readonly type: string; readonly gate?: string }[]
}

/** What a storage has of runs, or of the gates that count them. */
export async function journalsOf(
  storage: Storage,
  kind: 'run' | 'gate',
): Promise<readonly { readonly header: Header; readonly commits: readonly Stored[] }[]> {
  const { rows } = await storage.list({ namespace: 'default', kind, limit: 1_000 })
  const slices = await storage.load(rows.map(({ journal }) => ({ journal })))
  return rows.map((header, index) => ({
    header,
    commits: (slices[index]?.commits ?? []).map(({ at, entries }) => ({
      at,
      facts: entries.map(({ fact }) => JSON.parse(fact)),
    })),
  }))
}

/** How many had a slot at once, as the runs themselves say. Who leaves at a moment leaves before others come. */
export async function mostAtOnce(storage: Storage): Promise<number> {
  const moves: { readonly at: number; readonly by: number }[] = []
  for (const { commits } of await journalsOf(storage, 'run'))
    for (const { at, facts } of commits)
      for (const { type, gate } of facts) {
        if (type === 'run-admitted' && gate?.startsWith('slots:')) moves.push({ at, by: 1 })
        if (type === 'run-rested' || type === 'run-ended') moves.push({ at, by: -1 })
      }
  let now = 0
  let most = 0
  for (const { by } of moves.sort((one, other) => one.at - other.at || one.by - other.by)) {
    now += by
    most = Math.max(most, now)
  }
  return most
}
