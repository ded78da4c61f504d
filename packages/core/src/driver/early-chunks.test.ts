import { describe, expect, it } from 'vitest'
import { refOf } from '../machine/index.js'
import { EarlyChunks } from './early-chunks.js'
import type { Lines } from './feed.js'
import type { LiveChunk } from './live-chunk.js'

const MOST_EARLY = 256
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const chunk = (n: number, version = 3, encoded?: string): LiveChunk => ({
  ...{ at: '0', claim: refOf(version, 0), n, runId: 'r', workflowId: 'w' },
  ...(encoded !== undefined && { encoded }),
})

/** The run as it is at a version; somebody speaks under the claim of that version, if anybody. */
function foldAt(version: number, claimed = version) {
  const frame = { path: '0', node: { kind: 'step', id: 'a' }, record: undefined, parent: undefined, slot: 0 }
  const activities = new Map([['0', { claim: { ref: refOf(claimed, 0) }, frame }]])
  return { state: { activities, phase: 'running', generation: 0 }, head: { version } } as never
}

/** What is told of chunks; `decode` may take a promise or throw. */
function early(decode: (encoded: unknown) => unknown = (encoded) => encoded) {
  const told: unknown[] = []
  const warned: string[] = []
  const asked: [string, number][] = []
  const driver = {
    settings: {
      codec: { decode },
      namespace: 'n',
      logger: { warn: (_: unknown, text: string) => warned.push(text) },
    },
    tell: (runId: string, version: number) => asked.push([runId, version]),
  }
  const run = { runId: 'r', driver, program: { workflow: { id: 'w' } }, known: {} }
  const tell = ({ event, live }: Lines): void => {
    told.push(event?.type === 'workflow-step-output' ? [event.payload.output, live?.n] : event)
  }
  return { chunks: new EarlyChunks(run as never, tell), told, warned, asked }
}

describe('chunks of other processes', () => {
  it('are told at once where their claim is known', () => {
    const { chunks, told, asked } = early((encoded) => {
      if (encoded === undefined) throw new TypeError('there is nothing to decode')
      return encoded
    })
    chunks.take(chunk(0, 3, 'x'), foldAt(3))
    chunks.take(chunk(1), foldAt(3))
    expect(told).toEqual([
      ['x', 0],
      [undefined, 1],
    ])
    expect(asked).toEqual([])
  })

  it('wait until it is, and somebody is asked to read on', () => {
    const { chunks, told, asked } = early()
    chunks.take(chunk(0, 3, 'x'), undefined)
    chunks.take(chunk(1, 3, 'y'), foldAt(2))
    expect([told, asked]).toEqual([
      [],
      [
        ['r', 3],
        ['r', 3],
      ],
    ])
    chunks.look(foldAt(2))
    expect(told).toEqual([])
    chunks.look(foldAt(3))
    chunks.look(foldAt(3))
    expect(told).toEqual([
      ['x', 0],
      ['y', 1],
    ])
  })

  it('come too late where it is gone', () => {
    const { chunks, told, asked } = early()
    chunks.take(chunk(0, 3, 'x'), foldAt(3, 2))
    expect(asked).toEqual([])
    chunks.take(chunk(0, 3, 'x'), foldAt(2))
    chunks.look(foldAt(3, 2))
    chunks.look(foldAt(3))
    expect(told).toEqual([])
  })

  it('wait only so many', () => {
    const { chunks, told } = early()
    for (let n = 0; n <= MOST_EARLY; n += 1) chunks.take(chunk(n, 3, 'x'), undefined)
    chunks.look(foldAt(3))
    expect([told.length, told[0]]).toEqual([MOST_EARLY, ['x', 1]])
  })
})

describe('what takes a promise to decode', () => {
  it('keeps its place among the others', async () => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const { chunks, told } = early((encoded) => (encoded === 'slow' ? promise : encoded))
    chunks.take(chunk(0, 3, 'slow'), foldAt(3))
    chunks.take(chunk(1, 3, 'quick'), foldAt(3))
    await settled()
    expect(told).toEqual([])
    resolve('slow')
    await settled()
    expect(told).toEqual([
      ['slow', 0],
      ['quick', 1],
    ])
    chunks.take(chunk(2, 3, 'quick'), foldAt(3))
    expect(told).toHaveLength(3)
  })

  it('keeps its place behind what takes a promise, too', async () => {
    const [one, other] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
    const { chunks, told } = early((encoded) =>
      encoded === 'one' ? one.promise : encoded === 'other' ? other.promise : encoded,
    )
    chunks.take(chunk(0, 3, 'one'), foldAt(3))
    chunks.take(chunk(1, 3, 'other'), foldAt(3))
    one.resolve('one')
    await settled()
    chunks.take(chunk(2, 3, 'quick'), foldAt(3))
    await settled()
    expect(told).toEqual([['one', 0]])
    other.resolve('other')
    await settled()
    expect(told).toEqual([
      ['one', 0],
      ['other', 1],
      ['quick', 2],
    ])
  })

  it('may fail, and holds up nothing', async () => {
    const { chunks, told, warned } = early((encoded) =>
      encoded === 'bad' ? Promise.reject(new Error('no key')) : encoded,
    )
    chunks.take(chunk(0, 3, 'bad'), foldAt(3))
    chunks.take(chunk(1, 3, 'x'), foldAt(3))
    await settled()
    expect([told, warned]).toEqual([[['x', 1]], ['chunk 0 of run "r" cannot be read: no key']])
  })

  it('may fail at once, too', () => {
    const { chunks, told, warned } = early(() => {
      throw new Error('no key')
    })
    chunks.take(chunk(7, 3, 'bad'), foldAt(3))
    expect([told, warned]).toEqual([[], ['chunk 7 of run "r" cannot be read: no key']])
  })
})
