import { describe, expect, it } from 'vitest'
import { refOf } from '../machine/index.js'
import { BEGINNING, callOf, Feed, type Item, isBehind, type Position } from './feed.js'
import { Reader, type ReaderOptions } from './reader.js'
import type { WorkflowStreamEvent } from './stream-event.js'

const RUN = 'r'
const place = (version: number, n = 0): Position => ({ ref: refOf(version, 0), n })

const event = (name: string): WorkflowStreamEvent =>
  ({ type: 'workflow-step-output', runId: RUN, from: 'USER', payload: { stepCallId: name, output: name } }) as never
const written = (version: number): Item => ({ position: place(version), event: event(`e${version}`) })
const finish = (version: number): Item => ({
  position: place(version),
  event: { type: 'workflow-finish', runId: RUN, from: 'WORKFLOW', payload: {} } as never,
})
const used = (tokens: number, position?: Position): Item => {
  const output = { type: 'finish', usage: { inputTokens: tokens } }
  return { position, event: { ...event(`u${tokens}`), payload: { stepCallId: `u${tokens}`, output } } as never }
}
const call = callOf({ at: '0', claim: refOf(9, 0) })
const chunk = (n: number) => ({ event: event(`c${n}`), live: { call, n } })

/** A run whose journal has these; the feed has what the test puts there. */
function run({ journal = [] as readonly Item[], end = place(1 + journal.length, -1), stores = true } = {}) {
  const feed = new Feed()
  const replays: Position[] = []
  async function* replay(after: Position): AsyncGenerator<Item, Position> {
    replays.push(after)
    for (const item of journal) if (item.position && isBehind(item.position, after)) yield item
    return end
  }
  const copies: WorkflowStreamEvent[] = []
  const copy = (one: WorkflowStreamEvent): WorkflowStreamEvent => {
    copies.push(one)
    return { ...one }
  }
  let isDone = true
  const read = (options: Partial<ReaderOptions> = {}): Reader =>
    new Reader(
      { runId: RUN, feed, replay: stores ? replay : undefined, copy },
      { at: BEGINNING, isDone: () => isDone, ...options },
    )
  return { feed, replays, copies, read, goOn: () => (isDone = false), end: () => (isDone = true) }
}

function nameOf(one: WorkflowStreamEvent): string {
  if (one.type === 'workflow-gap') return 'gap'
  return one.type === 'workflow-step-output' ? one.payload.stepCallId : one.type
}

async function all(reader: Reader): Promise<readonly string[]> {
  const names: string[] = []
  for (let one = await reader.next(); one; one = await reader.next()) names.push(nameOf(one))
  return names
}

describe('a reader', () => {
  it('reads from the journal what the feed does not have, and then from the feed', async () => {
    const { feed, read, replays, copies } = run({ journal: [written(1), written(2)] })
    feed.skipTo(refOf(3, 0))
    feed.add([written(3)], refOf(4, 0))
    expect(await all(read())).toEqual(['e1', 'e2', 'e3'])
    expect(replays).toEqual([BEGINNING])
    expect(copies).toHaveLength(3)
  })

  it('needs no journal where the feed has everything', async () => {
    const { feed, read, replays } = run({ journal: [written(1)] })
    feed.skipTo(refOf(1, 0))
    feed.add([written(1)], refOf(2, 0))
    expect(await all(read())).toEqual(['e1'])
    expect(replays).toEqual([])
  })

  it('changes over as soon as the feed has what is behind it', async () => {
    const { feed, read } = run({ journal: [written(1), written(2), written(3)] })
    const reader = read()
    expect(nameOf((await reader.next()) as WorkflowStreamEvent)).toBe('e1')
    feed.skipTo(refOf(2, 0))
    feed.add([written(2), written(3), written(4)], refOf(5, 0))
    expect(await all(reader)).toEqual(['e2', 'e3', 'e4'])
  })

  it('is told nothing twice when the journal was faster than the feed', async () => {
    const { feed, read } = run({ journal: [written(1)] })
    feed.skipTo(refOf(1, 0))
    const reader = read({ at: place(1) })
    feed.add([written(1), written(2)], refOf(3, 0))
    expect(await all(reader)).toEqual(['e2'])
  })

  it('is told nothing twice when the feed tells of what was just read', async () => {
    const { feed, read, goOn, end } = run({ journal: [written(1), written(2)] })
    feed.skipTo(refOf(2, 0))
    goOn()
    const reader = read()
    expect([
      nameOf((await reader.next()) as WorkflowStreamEvent),
      nameOf((await reader.next()) as WorkflowStreamEvent),
    ]).toEqual(['e1', 'e2'])
    const next = reader.next()
    feed.add([written(2), written(3)], refOf(4, 0))
    end()
    expect(nameOf((await next) as WorkflowStreamEvent)).toBe('e3')
  })

  it('waits for what comes, until nothing more is wanted or comes', async () => {
    const { feed, read, goOn, end } = run()
    feed.skipTo(refOf(1, 0))
    goOn()
    const reader = read()
    const next = reader.next()
    feed.add([written(1)], refOf(2, 0))
    expect(nameOf((await next) as WorkflowStreamEvent)).toBe('e1')
    const last = reader.next()
    end()
    feed.wake()
    expect(await last).toBeUndefined()
    goOn()
    const closing = reader.next()
    feed.close()
    expect(await closing).toBeUndefined()
  })

  it('that is stopped gets nothing more, though there is something', async () => {
    const { feed, read, goOn } = run()
    feed.skipTo(refOf(1, 0))
    goOn()
    const reader = read()
    const next = reader.next()
    reader.stop()
    expect(await next).toBeUndefined()
    feed.add([written(1)], refOf(2, 0))
    expect(await reader.next()).toBeUndefined()
  })

  it('does not hear what the workflow does not want told', async () => {
    const { feed, read, copies } = run()
    feed.skipTo(refOf(1, 0))
    feed.add([{ ...written(1), isHushed: true }, written(2)], refOf(3, 0))
    expect(await all(read())).toEqual(['e2'])
    expect(copies).toHaveLength(1)
  })
})

describe('a reader that has missed something', () => {
  it('hears so once where nobody has it any more', async () => {
    const { feed, read } = run({ stores: false })
    feed.skipTo(refOf(5, 0))
    feed.add([written(5)], refOf(6, 0))
    expect(await all(read())).toEqual(['gap', 'e5'])
  })

  it('hears so before what comes behind it, and again after something was told', async () => {
    const { feed, read } = run()
    feed.skipTo(refOf(1, 0))
    for (const n of [0, 2, 3, 5]) feed.addLive(chunk(n))
    const names = await all(read())
    expect(names).toEqual(['c0', 'gap', 'c2', 'c3', 'gap', 'c5'])
  })

  it('hears so once of two things that are missing at one place', async () => {
    const { feed, read } = run()
    feed.skipTo(refOf(1, 0))
    feed.addLive(chunk(0))
    feed.addLive({ over: { call, count: 3 } })
    feed.addLive({ over: { call: callOf({ at: '1', claim: refOf(9, 0) }), count: 3 } })
    expect(await all(read())).toEqual(['c0', 'gap'])
  })

  it('hears so when the feed has dropped what is in no journal', async () => {
    const { feed, read } = run({ journal: [written(1), written(2)] })
    feed.skipTo(refOf(1, 0))
    feed.add([written(1), { position: undefined, ref: refOf(2, 0), event: event('held') }], refOf(2, 0))
    feed.skipTo(refOf(3, 0))
    expect(await all(read())).toEqual(['gap', 'e1', 'e2'])
  })

  it('hears so where the journal ends before what the feed begins with', async () => {
    const { feed, read } = run({ journal: [], end: BEGINNING })
    feed.skipTo(refOf(4, 0))
    feed.add([written(4)], refOf(5, 0))
    expect(await all(read())).toEqual(['gap', 'e4'])
  })

  it('is promised nothing of calls that were made before it came', async () => {
    const { feed, read } = run()
    feed.skipTo(refOf(1, 0))
    feed.addLive(chunk(4))
    expect(await all(read({ since: refOf(10, 0) }))).toEqual(['c4'])
    expect(await all(read())).toEqual(['gap', 'c4'])
  })
})

describe('what was used', () => {
  async function usageOf(reader: Reader): Promise<number | undefined> {
    let found: number | undefined
    for (let one = await reader.next(); one; one = await reader.next())
      if (one.type === 'workflow-finish') found = one.payload.output.usage.inputTokens
    return found
  }

  it('is told at the end, as far as the reader was there', async () => {
    const { feed, read } = run({ journal: [used(1, place(1)), used(2, place(2)), finish(3)] })
    feed.skipTo(refOf(1, 0))
    feed.add([used(1, place(1)), used(2, place(2)), finish(3)], refOf(4, 0))
    expect(await usageOf(read())).toBe(3)
    expect(await usageOf(read({ at: place(1) }))).toBe(2)
  })

  it('is told of the whole run to who asks for that, with what was said live while it was there', async () => {
    const journal = [used(1, place(1)), used(16, place(2)), finish(3), used(8, place(4))]
    const { feed, read } = run({ journal })
    feed.skipTo(refOf(2, 0))
    feed.addLive(used(4))
    feed.addLive({ event: event('no usage') })
    feed.add([used(16, place(2)), finish(3)], refOf(4, 0))
    expect(await usageOf(read({ at: place(2, -1), sumsAll: true }))).toBe(21)
    expect(await usageOf(read({ at: place(2, -1) }))).toBe(20)
  })
})
