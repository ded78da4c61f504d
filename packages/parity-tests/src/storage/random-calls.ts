import assert from 'node:assert/strict'
import type { Head, Header, JournalId, Storage } from '@wf/core'
import { createRandom } from '../faults/create-random.js'
import { draft, HEADER, item } from './given.js'

export interface RandomCalls {
  /** How many. */
  readonly calls: number
  /** The same calls for the same number. */
  readonly seed: number
}

/** Names that some language of some server takes for a pattern, a joint, an end or another of them. */
const NAMESPACES = ['abc', 'a_c', 'a%', 'abc:', 'abc:run', '{abc}', "abc'--", 'abc\0', '*', 'a\\', '"abc"'] as const
const IDS = ['r', 'r:1', '*', '%', '_', "'; drop table runs; --", '{r}', 'r\0', '..', '0'] as const
const KEYS = ['plain', '%', "' or '1' = '1", ']] return 1 --', '{}', 'a,b', '$1', '\ud800'] as const

/**
 * Makes calls in namespaces that look alike, with ids, tags, resources and filters of hostile text. What a call shows must
 * be of its own namespace, by a mark that was written into it, and a journal of another one must be the same before and
 * after it. Throws at the first call of which that is not so.
 */
export async function playRandomCalls(storage: Storage, { calls, seed }: RandomCalls): Promise<void> {
  const random = createRandom(seed)
  const player = new Player(storage, random)
  for (let call = 0; call < calls; call += 1) {
    const play = pick(plays, random)
    const namespace = pick(NAMESPACES, random)
    const other = run(pick(OTHERS.get(namespace) ?? [], random), pick(IDS, random))
    const [before] = await storage.load([{ journal: other }])
    await player[play](namespace)
    const [after] = await storage.load([{ journal: other }])
    const where = `call ${call} of seed ${seed}, ${play} in ${JSON.stringify(namespace)}`
    assert.deepEqual(after, before, `${where} has changed ${JSON.stringify(other)}`)
    assert.deepEqual(player.foreign, [], `${where} shows what is not its own`)
  }
}

const plays = ['write', 'write', 'write', 'read', 'list', 'due', 'remove', 'sweep'] as const

const OTHERS = new Map(NAMESPACES.map((namespace) => [namespace, NAMESPACES.filter((other) => other !== namespace)]))

const pick = <Choice>(from: readonly Choice[], random: () => number): Choice =>
  item(from, Math.floor(random() * from.length))

const run = (namespace: string, id: string): JournalId => ({ namespace, kind: 'run', id })

class Player {
  readonly foreign: unknown[] = []
  private readonly heads = new Map<string, Head>()

  constructor(
    private readonly storage: Storage,
    private readonly random: () => number,
  ) {}

  /** A new journal or one more commit, which may be the last. */
  async write(namespace: string): Promise<void> {
    const [id, key, seal] = [pick(IDS, this.random), pick(KEYS, this.random), this.random() < 0.3]
    const journal = run(namespace, id)
    const name = JSON.stringify([namespace, id])
    const header = { ...HEADER, workflowVersion: namespace, workflowId: key, resourceId: key, tags: [key, 'all'] }
    const entries = [{ type: 'event', fact: namespace }] as const
    const commit = draft(journal, this.heads.get(name) ?? 'new', { header, entries, seal, wakeInMs: seal ? null : 0 })
    const [answer] = await this.storage.commit([commit])
    if (answer?.status === 'committed') this.heads.set(name, answer.head)
    if (answer?.status === 'gone') this.heads.delete(name)
  }

  async read(namespace: string): Promise<void> {
    const [slice] = await this.storage.load([{ journal: run(namespace, pick(IDS, this.random)) }])
    if (!slice) return
    this.look(namespace, [slice.header])
    for (const { entries } of slice.commits)
      for (const { fact } of entries) if (fact !== namespace) this.foreign.push(fact)
  }

  async list(namespace: string): Promise<void> {
    const key = pick(KEYS, this.random)
    const asked = { namespace, kind: 'run', limit: 5 } as const
    for (const filter of [{}, { tags: [key] }, { resourceId: key }, { workflowId: key }]) {
      const { rows, next } = await this.storage.list({ ...asked, ...filter })
      this.look(namespace, rows)
      if (next === undefined) continue
      const more = await this.storage.list({ ...asked, ...filter, cursor: next })
      this.look(namespace, more.rows)
    }
  }

  async due(namespace: string): Promise<void> {
    const due = await this.storage.due({ namespace, serves: 'all', kinds: ['run'], limit: 20, holdMs: 1 })
    this.look(
      namespace,
      due.map(({ header }) => header),
    )
  }

  async remove(namespace: string): Promise<void> {
    await this.storage.delete({ journal: run(namespace, pick(IDS, this.random)) })
  }

  async sweep(namespace: string): Promise<void> {
    const workflowId = pick(KEYS, this.random)
    const endedBefore = Number.MAX_SAFE_INTEGER
    await this.storage.delete({ namespace, kind: 'run', workflowId, endedBefore, limit: 100 })
  }

  private look(namespace: string, headers: readonly Header[]): void {
    for (const { journal, workflowVersion } of headers)
      if (journal.namespace !== namespace || workflowVersion !== namespace) this.foreign.push(journal)
  }
}
