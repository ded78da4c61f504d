import type { Commit, Storage } from '@wf/core'
import type { Reach } from './crash.ts'
import type { Ledger } from './ledger.ts'

interface Told {
  readonly type: string
  readonly at?: string
  readonly over?: number
}

const OUTCOMES: ReadonlySet<string> = new Set(['step-succeeded', 'step-suspended', 'step-failed'])

/** Kills its process around the commits that the plan names; the product knows nothing of it. */
export function crashingStorage(storage: Storage, reach: Reach, ledger: Ledger): Storage {
  /** What was lost before: a step that kills each process that runs it would be given up, and rightly so. */
  const suspects = new Set<string>()

  function fresh({ journal, entries }: Commit, isMeant: (fact: Told) => boolean): boolean {
    const facts = entries.map(({ fact }) => JSON.parse(fact) as Told)
    for (const { at, over } of facts) if (over !== undefined) suspects.add(`${journal.id} ${at}`)
    return facts.some((fact) => isMeant(fact) && !suspects.has(`${journal.id} ${fact.at}`))
  }

  const isClaim = ({ type }: Told): boolean => type === 'step-claimed'
  const isOutcome = ({ type }: Told): boolean => OUTCOMES.has(type)
  return {
    contract: storage.contract,
    capabilities: storage.capabilities,
    async commit(commits) {
      const claims = commits.filter((commit) => fresh(commit, isClaim)).map(({ journal }) => journal.id)
      const outcomes = commits.filter((commit) => fresh(commit, isOutcome)).map(({ journal }) => journal.id)
      for (const run of claims) reach('before claim', run)
      for (const run of outcomes) reach('after body', run)
      const answers = await storage.commit(commits)
      for (const run of claims) reach('after claim', run)
      for (const run of outcomes) reach('after commit', run)
      return answers
    },
    load: (reads) => storage.load(reads),
    checkpoint: (save) => storage.checkpoint(save),
    async due(query) {
      const due = await storage.due(query)
      for (const { journal } of due) ledger({ type: 'handed', run: journal.id })
      return due
    },
    renew: (beat) => storage.renew(beat),
    list: (query) => storage.list(query),
    delete: (query) => storage.delete(query),
    close: () => storage.close(),
  }
}
