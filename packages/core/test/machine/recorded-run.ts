import { expect } from 'vitest'
import type { Graph } from '../../src/graph/node.js'
import {
  commands,
  dueAt,
  type Frame,
  initialState,
  loadState,
  type RunEvent,
  type RunState,
  ready,
  refOf,
  refsToTell,
  type Saved,
  type StepRecord,
  saveState,
  Turn,
  transition,
  visibleState,
} from '../../src/machine/index.js'
import { faultsOf, framesIn } from './check-state.js'
import { wordOf } from './told.js'
import { Values } from './values.js'

/** An event and, where it has one, its value. */
export interface Fact {
  readonly event: RunEvent
  readonly value?: unknown
}

export type Given = RunEvent | Fact

interface Commit {
  readonly facts: readonly Fact[]
  readonly at: number
  readonly version: number
}

const foldInto = (turn: Turn, facts: readonly Fact[], version: number): boolean[] =>
  facts.map(({ event }, index) => {
    turn.ref = refOf(version, index)
    return transition(turn, event)
  })

/** A state as text: what a checkpoint would hold, and what is to be done. */
export function pictureOf(state: RunState): string {
  const named = commands(state).map((command) => {
    if (command.type === 'run') return `run ${command.activity.key} ${command.activity.attempt}`
    if (command.type === 'wait') return `wait ${command.timer.key} ${dueAt(command.timer.due)}`
    return 'wait' in command ? `${command.type} ${command.wait.at}` : command
  })
  return JSON.stringify({ saved: saveState(state), commands: named })
}

/** Texts are compared first because that is quick. */
export function expectSame(actual: string, expected: string): void {
  if (actual !== expected) expect(JSON.parse(actual)).toEqual(JSON.parse(expected))
}

/**
 * Given a graph, when these events are recorded, then … Each commit is folded, taken back and folded again, and the
 * state is saved and loaded, so that every test is also one of those.
 */
export class RecordedRun {
  readonly turn: Turn
  readonly values = new Values()
  version = 0
  now = 1000
  private readonly journal: Commit[] = []
  /** The same run, folded with the inner results of nested workflows; only as far as somebody has asked for it. */
  private readonly inward: Turn
  private folded = 0
  private heard: string[] = []

  constructor(
    readonly graph: Graph,
    readonly options: { readonly parses?: boolean; readonly checks?: boolean; readonly keepInner?: boolean } = {},
  ) {
    this.turn = new Turn(initialState(graph, { keepInner: options.keepInner === true }))
    this.inward = new Turn(initialState(graph, { keepInner: true }))
  }

  /** The state with the inner results; for all else it is the same. */
  withInner(): RunState {
    for (const { facts, at, version } of this.journal.slice(this.folded)) {
      this.inward.begin({ at })
      foldInto(this.inward, facts, version)
    }
    this.folded = this.journal.length
    expectSame(pictureOf(this.inward.state), pictureOf(this.state))
    return this.inward.state
  }

  get state(): RunState {
    return this.turn.state
  }

  /** Records events as one commit. Whether each had an effect. */
  commit(...given: readonly Given[]): boolean[] {
    const facts = given.map((one): Fact => ('event' in one ? one : { event: one }))
    this.version += 1
    this.journal.push({ facts, at: this.now, version: this.version })
    if (this.options.checks === false) return this.fold(facts)
    const before = pictureOf(this.state)
    this.turn.begin({ at: this.now })
    this.turn.told = []
    const first = this.fold(facts)
    const after = pictureOf(this.state)
    const told = this.turn.told.map(wordOf)
    for (const ref of refsToTell(this.turn.told))
      expect(this.values.has(ref), `the value ${ref} is there to be told`).toBe(true)
    this.turn.undo.rollback()
    expectSame(pictureOf(this.state), before)
    this.turn.begin({ at: this.now })
    this.turn.told = []
    expect(this.fold(facts)).toEqual(first)
    expectSame(pictureOf(this.state), after)
    expect(this.turn.told.map(wordOf)).toEqual(told)
    expect(this.toldFrom(JSON.parse(before).saved, facts)).toEqual(told)
    this.heard.push(...told)
    if (!first.includes(true)) expectSame(after, before)
    expectSame(pictureOf(loadState(this.graph, JSON.parse(after).saved)), after)
    expect(faultsOf(this.state)).toEqual([])
    return first
  }

  /** What somebody is told who had only the state before. */
  private toldFrom(saved: Saved, facts: readonly Fact[]): readonly string[] {
    const turn = new Turn(loadState(this.graph, saved))
    turn.told = []
    turn.begin({ at: this.now })
    foldInto(turn, facts, this.version)
    return turn.told.map(wordOf)
  }

  /** What those who watch were told since somebody asked last. */
  told(): readonly string[] {
    return this.heard.splice(0)
  }

  private fold(facts: readonly Fact[]): boolean[] {
    if (this.options.checks === false) this.turn.begin({ at: this.now })
    facts.forEach(({ value }, index) => {
      this.values.keep(refOf(this.version, index), value)
    })
    return foldInto(this.turn, facts, this.version)
  }

  pass(ms: number): void {
    this.now += ms
  }

  ready(): readonly string[] {
    return ready(this.state).map(({ key }) => key)
  }

  suspended(): readonly string[] {
    return [...this.state.suspended.keys()]
  }

  timers(): readonly string[] {
    return [...this.state.timers.keys()]
  }

  /** What is waited for, by place. */
  waits(): Readonly<Record<string, string>> {
    const { waits, unplaced } = this.state
    return Object.fromEntries(
      [...waits.values()].map(({ at, name, key }) => [at, `${name}/${key}${unplaced.has(at) ? ' unplaced' : ''}`]),
    )
  }

  /** Waits that the last commit has left without an event. */
  left(): readonly string[] {
    return this.turn.left.map(({ at }) => at)
  }

  frame(path: string): Frame {
    const frame = framesIn(this.state.root).find((one) => one.path === path)
    if (!frame) throw new RangeError(`nothing is at "${path}"`)
    return frame
  }

  input(at: string): unknown {
    return this.values.read(this.state.activities.get(at)?.input)
  }

  record(id: string, results: ReadonlyMap<string, StepRecord> | undefined = this.state.root.inner.results) {
    const record = results?.get(id)
    return record && { ...record, ...this.readAll(record) }
  }

  private readAll({ payload, output, failure, suspension, resume }: StepRecord) {
    return {
      payload: this.values.read(payload),
      output: this.values.read(output),
      error: this.values.read(failure?.error),
      suspendPayload: this.values.read(suspension?.payload),
      suspendOutput: this.values.read(suspension?.output),
      resumed: this.values.read(resume?.data),
    }
  }

  statuses(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.state.root.inner.results.values()].map(({ id, status }) => [id, status]))
  }

  /** The state of the run as the step at this place sees it. */
  sees(path = ''): unknown {
    const seen = [...visibleState(this.state, this.frame(path))]
    return Object.fromEntries(seen.map(([key, { source }]) => [key, this.values.read(source)]))
  }

  context(): unknown {
    const known = [...this.state.context].flatMap(([key, written]) => (written ? [[key, written.source] as const] : []))
    return Object.fromEntries(known.map(([key, source]) => [key, this.values.read(source)]))
  }
}
