import { NOT_DEFINED } from './committed.js'
import { mapFault } from './compile-map.js'
import { type Draft, type DraftLink, type DraftOf, draftsOf } from './draft.js'
import {
  type Checked,
  checkField,
  describeValue,
  duration,
  flag,
  isFunction,
  isRecord,
  positiveCount,
  refuse,
} from './fields.js'
import type { MapFunction, MapSources } from './map-source.js'
import { armsOf, bodyOf, type MemberScope, membersOf, runnableOf } from './members.js'
import type { LoopCondition } from './node-functions.js'
import { nodeOptions } from './node-options.js'
import { waitDraft } from './wait-draft.js'
import type { Workflow } from './workflow.js'

/** What all builders of one workflow or flow share. */
export interface FlowOrigin {
  /** Of the workflow. */
  readonly id: string
  /** Builds the workflow; absent in a flow inside a block. */
  readonly commit?: (drafts: readonly Draft[]) => Workflow
}

/**
 * A builder. It never changes: each method gives a new one that is one node longer and shares the rest. Nothing is
 * typed in here, since callers see it as `FlowBuilder` and JavaScript callers may give anything.
 */
export class FlowChain {
  readonly component = 'FLOW'
  readonly committed = false
  readonly #origin: FlowOrigin
  readonly #last: DraftLink | undefined

  constructor(origin: FlowOrigin, last?: DraftLink) {
    this.#origin = origin
    this.#last = last
  }

  get id(): string {
    return this.#origin.id
  }

  get empty(): boolean {
    return this.#last === undefined
  }

  then(step: unknown, rejected?: unknown): FlowChain {
    // This is how a promise takes in what it takes for another promise.
    if (typeof step === 'function' && typeof rejected === 'function') {
      const { field: _field, ...checked } = this.#at('.then()')
      return this.#invalid(
        'a builder cannot be awaited or returned by an async function; call .commit() first',
        checked,
      )
    }
    return this.#add(runnableOf(step, this.#at('.then()')))
  }

  parallel(members: unknown, given: unknown = {}): FlowChain {
    const scope = this.#scope('.parallel()')
    const options = nodeOptions(given, scope.checked, { allowFailure: flag })
    const allowFailure = isRecord(given) && given.allowFailure === true
    return this.#add({ kind: 'parallel', options, allowFailure, members: membersOf(members, scope) })
  }

  branch(arms: unknown, given: unknown = {}): FlowChain {
    const scope = this.#scope('.branch()')
    return this.#add({ kind: 'branch', options: nodeOptions(given, scope.checked), ...armsOf(arms, scope) })
  }

  dowhile(body: unknown, condition: unknown, given: unknown = {}): FlowChain {
    const scope = this.#scope('.dowhile()')
    return this.#loop(scope, { loopType: 'dowhile', body: bodyOf(body, scope), condition, given })
  }

  dountil(body: unknown, condition: unknown, given: unknown = {}): FlowChain {
    const scope = this.#scope('.dountil()')
    return this.#loop(scope, { loopType: 'dountil', body: bodyOf(body, scope), condition, given })
  }

  foreach(body: unknown, given: unknown = {}): FlowChain {
    const scope = this.#scope('.foreach()')
    const options = nodeOptions(given, scope.checked)
    const concurrency = isRecord(given) ? (given.concurrency ?? 1) : 1
    if (isFunction<Exclude<DraftOf<'foreach'>['concurrency'], number>>(concurrency)) {
      return this.#add({ kind: 'foreach', options, concurrency, body: bodyOf(body, scope) })
    }
    checkField(concurrency, positiveCount, this.#at('.foreach().concurrency'))
    return this.#add({ kind: 'foreach', options, concurrency: Number(concurrency), body: bodyOf(body, scope) })
  }

  map(source: unknown, given: unknown = {}): FlowChain {
    const checked = this.#at('.map()')
    const options = nodeOptions(given, checked)
    if (isFunction<MapFunction>(source)) return this.#add({ kind: 'map', options, source })
    if (!isRecord(source)) {
      return this.#invalid(`\`.map()\` needs a function or sources by key, got ${describeValue(source)}`, checked)
    }
    const broken = mapFault(source)
    if (broken) {
      const { key, fault } = broken
      const field = `.map().${key}`
      const map = options.id === undefined ? '' : ` of map "${options.id}"`
      this.#invalid(`\`${field}\`${map}: ${fault}`, { ...checked, field, stepId: options.id })
    }
    return this.#add({ kind: 'map', options, source: { ...source } as MapSources })
  }

  sleep(length: unknown, given: unknown = {}): FlowChain {
    const checked = this.#at('.sleep()')
    const options = nodeOptions(given, checked)
    if (isFunction<Exclude<DraftOf<'sleep'>['duration'], number>>(length)) {
      return this.#add({ kind: 'sleep', options, duration: length })
    }
    checkField(length, { ...duration, required: true }, checked)
    return this.#add({ kind: 'sleep', options, duration: Math.max(0, Number(length)) })
  }

  sleepUntil(date: unknown, given: unknown = {}): FlowChain {
    const checked = this.#at('.sleepUntil()')
    const options = nodeOptions(given, checked)
    if (isFunction<Exclude<DraftOf<'sleepUntil'>['date'], number>>(date)) {
      return this.#add({ kind: 'sleepUntil', options, date })
    }
    if (!(date instanceof Date) || Number.isNaN(date.getTime())) {
      return refuse(
        'WF_INVALID_OPTION',
        `\`.sleepUntil()\` needs a valid date or a function, got ${describeValue(date)}`,
        checked,
      )
    }
    return this.#add({ kind: 'sleepUntil', options, date: date.getTime() })
  }

  waitForEvent(event: unknown, given: unknown = {}): FlowChain {
    return this.#add(waitDraft(event, given, this.#at('.waitForEvent()')))
  }

  commit(): Workflow {
    const { field: _field, ...checked } = this.#at('.commit()')
    if (!this.#origin.commit) return this.#invalid('a flow inside a block is returned, not committed', checked)
    if (this.empty) this.#invalid(NOT_DEFINED, checked)
    return this.#origin.commit(draftsOf(this.#last))
  }

  #loop(
    { checked }: MemberScope,
    loop: Pick<DraftOf<'loop'>, 'loopType' | 'body'> & { readonly condition: unknown; readonly given: unknown },
  ): FlowChain {
    const { loopType, body, condition, given } = loop
    if (!isFunction<LoopCondition>(condition)) {
      return this.#invalid(
        `\`${checked.field}\`: the condition must be a function, got ${describeValue(condition)}`,
        checked,
      )
    }
    return this.#add({ kind: 'loop', options: nodeOptions(given, checked), loopType, condition, body })
  }

  #add(draft: Draft): FlowChain {
    return new FlowChain(this.#origin, { before: this.#last, draft })
  }

  #at(field: string): Checked & { readonly field: string } {
    return { of: `workflow "${this.id}"`, workflowId: this.id, field }
  }

  #scope(field: string): MemberScope {
    return {
      checked: this.#at(field),
      build: (flow) => {
        const origin: FlowOrigin = { id: this.id }
        const end = flow(new FlowChain(origin))
        // An async function has failed by now, as builders cannot be awaited; what follows says so better.
        if (end instanceof Promise) end.catch(() => undefined)
        return end instanceof FlowChain && end.#origin === origin ? draftsOf(end.#last) : undefined
      },
    }
  }

  #invalid(message: string, checked: Checked): never {
    return refuse('WF_INVALID_GRAPH', message, checked)
  }
}
