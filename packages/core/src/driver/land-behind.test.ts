import { describe, expect, it } from 'vitest'
import { type Activity, refOf } from '../machine/index.js'
import { Came, landBehind, lostTo } from './land-behind.js'

const activity = (key: string, ref?: number): Activity =>
  ({
    key,
    frame: { scope: undefined },
    input: null,
    ...(ref !== undefined && { claim: { ref } }),
  }) as unknown as Activity

describe('a commit of ours that is folded as it lies in the journal', () => {
  it('came to what had an effect, with what its claims fell to', () => {
    const came = new Came('c', 2)
    const [one, other] = [activity('0'), activity('1')]
    came.add(2, true, one)
    came.add(3, false, other)
    came.add(4, true, undefined)
    expect([came.effects, [...came.took]]).toEqual([[true, false, true], [[0, one]]])
  })
})

/** A run that is read anew, because others go by another graph. */
function run(activities: readonly Activity[], standsStill = false) {
  const calls: string[] = []
  const pushed: { facts(): readonly { event: unknown }[] }[] = []
  const state = { activities: new Map(activities.map((one) => [one.key, one])), context: new Map(), state: new Map() }
  const anew = { state, standsStill, values: { read: () => 'input' }, head: { version: 9 } }
  const made = {
    runId: 'r',
    writer: { landedBehind: () => calls.push('landed behind'), giveUp: () => true },
    known: { forget: () => calls.push('forget'), suspect: () => calls.push('suspect') },
    bench: { recorder: { plain: (event: unknown) => ({ event }) } },
    anew: async () => anew,
    push: (request: { facts(): readonly { event: unknown }[] }) => pushed.push(request),
  }
  return { made: made as never, anew, pushed, calls }
}

const graphFact = {
  version: 6,
  commitId: 'x',
  at: 0,
  entries: [{ type: 'event', fact: '{"type":"graph-recorded","hash":"h"}' }],
}
const answer = { status: 'committed', head: { version: 7, commitId: 'c' }, at: 0, missed: [graphFact] } as never

describe('a commit that lies behind another graph', () => {
  const facts = ['step-succeeded', 'step-claimed', 'step-claimed'].map((type) => ({ event: { type, at: 'named' } }))
  const told = [0, 1, 2, -1].map((last) => ({ request: last, effect: true, last, ref: 1 }))
  const draft = { chunks: [{}, {}], facts, told, claims: [] } as never

  it('is known by the claims that stand', async () => {
    // Of two claims behind two chunks and an outcome, the second stands, at another place than it named.
    const { made, calls } = run(
      [activity('fell', refOf(7, 4)), activity('another', refOf(6, 3)), activity('none')],
      true,
    )
    const landed = await landBehind(made, {} as never, { draft, answer })
    expect(calls).toEqual(['landed behind'])
    expect(landed.draft.facts.map(({ event }) => event)).toEqual([
      { type: 'step-succeeded', at: 'named' },
      { type: 'step-claimed', at: 'fell' },
    ])
    expect(landed.draft.told.map(({ effect, ref }) => [effect, ref])).toEqual([
      [true, refOf(7, 2)],
      [false, undefined],
      [true, refOf(7, 4)],
      [false, undefined],
    ])
  })

  it('gives back what it claimed where the run stands still', async () => {
    const { made, pushed, anew } = run([], true)
    const { draft: left, fold } = await landBehind(made, {} as never, { draft, answer })
    expect([left.claims, fold === (anew as never), pushed.map((one) => one.facts())]).toEqual([[], true, [[]]])
  })
})

describe('somebody who was faster', () => {
  const missed = [graphFact]

  it('has gone on by another graph: it is all read anew', async () => {
    for (const status of ['stale', 'sealed', 'exists'] as const) {
      const { made, calls } = run([])
      await lostTo(made, {} as never, { status, head: { version: 7, commitId: 'c' }, missed } as never)
      expect(calls).toEqual(['forget'])
    }
  })

  it('may have deleted the journal, or taken its place', async () => {
    for (const [status, code] of [
      ['gone', 'WF_UNKNOWN_RUN'],
      ['diverged', 'WF_STORAGE'],
    ] as const) {
      const { made, calls } = run([])
      await expect(lostTo(made, {} as never, { status })).rejects.toMatchObject({ code })
      expect(calls).toEqual(['forget'])
    }
  })
})
