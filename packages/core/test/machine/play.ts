import { expect } from 'vitest'
import type { Graph } from '../../src/graph/node.js'
import { type Awaited, conclusion, type Gate, type Ref, type RunEvent, ready } from '../../src/machine/index.js'
import { type Given, RecordedRun } from './recorded-run.js'
import { type Travelling, travelFact } from './travel-fact.js'

type EventOf<Type extends RunEvent['type']> = Omit<Extract<RunEvent, { type: Type }>, 'type' | 'at' | 'claim' | 'value'>

interface Started {
  readonly input?: unknown
  readonly state?: Readonly<Record<string, unknown>>
  readonly context?: Readonly<Record<string, unknown>>
  readonly perStep?: true
  readonly forMs?: number
  readonly until?: number
  readonly gates?: readonly Gate[]
  readonly priority?: number
}

interface Resuming {
  readonly data?: unknown
  readonly context?: Readonly<Record<string, unknown>>
  readonly perStep?: true
  readonly retryCount?: number
  readonly of?: readonly Ref[]
  readonly label?: string
}

const keysOf = (of: object | undefined) => (of ? Object.keys(of) : undefined)

function defined<Type extends object>(of: Type): Type {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Type
}

const valued = (value: unknown) => (value === undefined ? {} : { value: true as const })

/** What may happen to a run, in a word each. */
export class Play extends RecordedRun {
  start({ input, state, context, ...when }: Started = {}): boolean {
    const about = { semantics: 1, workflow: this.graph.id, hash: 'hash' }
    const keys = defined({ ...when, state: keysOf(state), context: keysOf(context) })
    const event = { type: 'run-started', ...about, ...keys, value: true }
    return this.one({ event: event as RunEvent, value: { input, state, context } })
  }

  one(given: Given): boolean {
    const [effect] = this.commit(given)
    this.parseInputs()
    return effect === true
  }

  /** Inputs of nested workflows are fine unless a test is about them. */
  private parseInputs(): void {
    if (this.options.parses === false) return
    for (const activity of ready(this.state))
      if (activity.part === 'input') return void this.one({ type: 'input-parsed', at: activity.key })
  }

  /** The ref under which the claim stands, if it took effect. */
  claim(at: string, more: Partial<EventOf<'step-claimed'>> & { readonly value?: unknown } = {}): Ref | undefined {
    const { value, ...rest } = more
    const effect = this.one({ event: { type: 'step-claimed', at, session: 's', ...rest, ...valued(value) }, value })
    return effect ? this.state.activities.get(at)?.claim?.ref : undefined
  }

  /** Answers an activity under its claim, which is made first where nobody has one. */
  private answer(at: string, fact: { readonly event: object; readonly value?: unknown }): boolean {
    const claim = this.state.activities.get(at)?.claim?.ref ?? this.claim(at)
    if (claim === undefined) return false
    return this.one({ event: { ...fact.event, at, claim, ...valued(fact.value) } as RunEvent, value: fact.value })
  }

  succeed(at: string, value?: unknown): boolean {
    return this.answer(at, { event: { type: 'step-succeeded' }, value })
  }

  bail(at: string, value?: unknown): boolean {
    return this.answer(at, { event: { type: 'step-bailed' }, value })
  }

  fail(at: string, error: unknown = `${at} failed`, more: Partial<EventOf<'step-failed'>> = {}): boolean {
    return this.answer(at, { event: { type: 'step-failed', ...more }, value: error })
  }

  suspend(
    at: string,
    payload?: unknown,
    more: { output?: unknown; labels?: readonly string[]; awaits?: Awaited } = {},
  ): boolean {
    const { output, labels, awaits } = more
    const said = defined({ labels, awaits, output: output === undefined ? undefined : (true as const) })
    return this.answer(at, { event: { type: 'step-suspended', ...said }, value: { payload, output } })
  }

  take(at: string, ...taken: readonly number[]): boolean {
    return this.answer(at, { event: { type: 'condition-evaluated', taken } })
  }

  say(at: string, is: boolean): boolean {
    return this.answer(at, { event: { type: 'condition-evaluated', is } })
  }

  count(at: string, count: number, concurrency = 1): boolean {
    return this.answer(at, { event: { type: 'items-counted', count, concurrency } })
  }

  compute(at: string, event: EventOf<'sleep-computed'>): boolean {
    return this.answer(at, { event: { type: 'sleep-computed', ...event } })
  }

  await(at: string, event: Partial<EventOf<'event-awaited'>> = {}): boolean {
    return this.answer(at, { event: { type: 'event-awaited', name: 'e', key: '', ...event } })
  }

  /** Which wait is meant: the one that is there, unless a test says otherwise. */
  private of(at: string): Ref {
    return this.state.waits.get(at)?.of ?? 0
  }

  placed(at: string, of: Ref = this.of(at)): boolean {
    return this.one({ type: 'wait-placed', at, of })
  }

  receive(at: string, value?: unknown, { of = this.of(at), failed }: { of?: Ref; failed?: true } = {}): boolean {
    const event = { type: 'event-received' as const, at, of, mail: 'm', seq: 1, ...(failed && { failed }) }
    return this.one({ event: { ...event, ...valued(value) }, value })
  }

  callback(at: string, error?: unknown): boolean {
    const failed = error === undefined ? {} : { failed: true }
    return this.answer(at, { event: { type: 'callback-settled', ...failed }, value: error })
  }

  setState(at: string, changes: Readonly<Record<string, unknown>>): boolean {
    return this.answer(at, { event: { type: 'state-set', keys: Object.keys(changes) }, value: changes })
  }

  setContext(at: string, changes: Readonly<Record<string, unknown>>, deleted?: readonly string[]): boolean {
    const event = defined({ type: 'context-set', keys: Object.keys(changes), deleted })
    return this.answer(at, { event, value: changes })
  }

  fire(at: string, error?: unknown): boolean {
    return this.one({ event: { type: 'timer-fired', at, ...valued(error) }, value: error })
  }

  resume(steps: string | readonly string[], { data, context, perStep, retryCount, of, label }: Resuming = {}): boolean {
    const given = { data: data === undefined ? undefined : (true as const), context: keysOf(context) }
    const event = defined({
      type: 'run-resumed' as const,
      steps: typeof steps === 'string' ? [steps] : steps,
      ...given,
      perStep,
      retryCount,
      of,
      label,
      value: true as const,
    })
    return this.one({ event: event as RunEvent, value: { data, context } })
  }

  restart(context?: Readonly<Record<string, unknown>>): boolean {
    const event = defined({ type: 'run-restarted', context: keysOf(context), ...valued(context) })
    return this.one({ event: event as RunEvent, value: context && { context } })
  }

  travel(to: string, given: Travelling = {}): boolean {
    return this.one(travelFact(this.withInner(), to, given))
  }

  cancel(): boolean {
    return this.one({ type: 'cancel-requested' })
  }

  /** Writes what can only be written from the state: the end or a rest. What it was. */
  conclude(): string | undefined {
    const last = conclusion(this.state)
    if (last?.type === 'end') expect(this.one({ type: 'run-ended', status: last.status })).toBe(true)
    if (last?.type === 'rest') expect(this.one({ type: 'run-rested', as: last.as })).toBe(true)
    return last?.type === 'end' ? last.status : last?.type === 'rest' ? last.as : undefined
  }

  /** Ends the run, which must be about to. */
  end(): { readonly status: string | undefined; readonly result?: unknown; readonly error?: unknown } {
    const status = this.conclude()
    const { output, failure } = this.state.outcome ?? {}
    return defined({ status, result: this.values.read(output), error: this.values.read(failure?.error) })
  }
}

export const play = (graph: Graph, options?: Play['options']): Play => new Play(graph, options)
