import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, sleep, step } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { createCodec } from '../codec/index.js'
import type { Activity, RunEvent } from '../machine/index.js'
import { compose, entriesOf } from './draft.js'
import { Fold } from './fold.js'
import { Recorder } from './recorder.js'
import { Shelf } from './shelf.js'
import { Values } from './values.js'

const owner = { namespace: 'n', runId: 'r' }
const codec = createCodec()

/** The fold of a run, and drafts on it in a process that takes no work unless the test says so. */
function drafting(run: ReturnType<typeof play>, more: object = {}) {
  const fold = new Fold(run.graph, new Values(codec, owner), run.state)
  fold.head = { version: run.version, commitId: 'c' }
  fold.time = run.now
  Object.assign(fold, more)
  const asked: string[] = []
  const recorder = new Recorder(codec, owner, true)
  const writer = {
    bench: { recorder, around: { runId: 'r', redaction: { error: (error: Error) => error } } },
    session: 's',
    expired: new Set<string>(),
    takes: ({ key }: Activity) => {
      asked.push(key)
      return false
    },
    tries: () => true,
    onTrial: () => undefined,
    shares: () => false,
    placed: (fact: unknown) => fact,
    chunks: (chunks: unknown) => chunks,
  }
  const failed: unknown[] = []
  const draft = (...events: readonly (readonly RunEvent[])[]) => {
    fold.begin(Number.NaN, 0)
    const requests = events.map((all) => ({
      facts: () => all.map((event) => recorder.plain(event)),
      failed: (error: unknown) => failed.push(error),
    }))
    const given = { requests, chunks: [], shelf: new Shelf(() => undefined), isAlone: false }
    return compose(fold, writer as never, given)
  }
  return { fold, draft, failed, asked }
}

function started(nodes: Parameters<typeof graph>[0], more = {}) {
  const run = play(graph(nodes))
  run.start(more)
  return run
}

const canceled: RunEvent = { type: 'cancel-requested' }
const typesOf = (facts: readonly { readonly event: RunEvent }[]) => facts.map(({ event }) => event.type)

describe('what is asked of a run', () => {
  it('is told whether it meant anything, and where it lies', () => {
    const { draft, fold } = drafting(started([step('a'), step('b')]))
    const { told, facts } = draft([], [canceled], [canceled])
    expect(told.map(({ effect, last }) => [effect, last])).toEqual([
      [false, -1],
      [true, 0],
      [false, -1],
    ])
    expect(told[1]?.ref).toBeDefined()
    expect([told[0]?.ref, told[2]?.ref]).toEqual([undefined, undefined])
    expect(typesOf(facts)[0]).toBe('cancel-requested')
    expect(fold.size).toBe(facts.length)
  })

  it('fails where its facts cannot be said', () => {
    const { fold, draft, failed } = drafting(started([step('a')]))
    const error = new Error('no')
    fold.add = () => {
      throw error
    }
    expect(draft([canceled]).told).toEqual([])
    expect(failed).toEqual([error])
  })
})

describe('a run that goes by a graph of earlier times', () => {
  const outdated = new Error('another graph')
  const resumed = { type: 'run-resumed', steps: ['0'], value: true } as RunEvent

  it('is not gone on with', () => {
    const moves = [
      resumed,
      { type: 'run-continued' },
      { type: 'run-restarted' },
      { type: 'time-travelled', to: '0' },
    ] as unknown as readonly RunEvent[]
    for (const event of moves) {
      const { draft, failed } = drafting(started([step('a')]), { outdated })
      expect(draft([event]).facts).toEqual([])
      expect(failed).toEqual([outdated])
    }
    const fresh = drafting(play(graph([step('a')])), { outdated })
    fresh.draft([{ type: 'run-started', semantics: 1, workflow: 'wf', hash: 'h' } as RunEvent])
    expect(fresh.failed).toEqual([outdated])
  })

  it('may be canceled, and knows that it was started', () => {
    const { draft, failed } = drafting(started([step('a')]), { outdated })
    const again = { type: 'run-started', semantics: 1, workflow: 'wf', hash: 'h' } as RunEvent
    expect(typesOf(draft([again], [canceled]).facts)[0]).toBe('cancel-requested')
    expect(failed).toEqual([])
  })
})

describe('timers', () => {
  it('fire when they are due, and not while the run is paused', () => {
    const due = started([sleep('s', 50)])
    due.now += 50
    expect(typesOf(drafting(due).draft().facts)).toEqual(['timer-fired', 'run-ended'])
    const early = started([sleep('s', 50)])
    early.now += 49
    expect(drafting(early).draft().facts).toEqual([])
    const run = started([parallel([step('a'), sleep('s', 50)])], { perStep: true })
    run.succeed('0.0')
    run.conclude()
    expect(run.state.rest).toBe('paused')
    run.now += 50
    expect(drafting(run).draft().facts).toEqual([])
  })
})

describe('work that this process does not want', () => {
  it('is offered once for all that are alike', () => {
    const run = started([foreach(step('a'))])
    run.count('0/items', 3, 3)
    const { draft, asked } = drafting(run)
    expect(draft().facts).toEqual([])
    expect(asked).toEqual(['0.0'])
  })

  it('is offered once for each part of a node, but for what may need no user code', () => {
    const bodies = drafting(started([parallel([step('a'), step('b')])]))
    bodies.draft()
    expect(bodies.asked).toEqual(['0.0'])
    const counts = drafting(started([parallel([step('a'), foreach(step('b')), foreach(step('c')), step('d')])]))
    counts.draft()
    expect(counts.asked).toEqual(['0.0', '0.1/items', '0.2/items'])
  })
})

it('what steps have written lies ahead of all facts', () => {
  const entry = (fact: string) => ({ type: 'event', fact }) as const
  const draft = { chunks: [{ entry: entry('chunk') }], facts: [{ entry: entry('one') }, { entry: entry('two') }] }
  expect(entriesOf(draft as never).map(({ fact }) => fact)).toEqual(['chunk', 'one', 'two'])
})
