import { deepEqual } from 'node:assert/strict'
import { type StepContext, TripWire, type Workflow, type WorkflowOptions } from '@wf/core'
import { step, workflow } from '../parts/loose.js'
import type { Composition, Leaf, Piece } from './composition.js'
import { itemsOf, keyOf, madeFrom } from './outcome.js'

type Flow = ReturnType<typeof workflow<string>>

interface Composed {
  readonly workflow: Workflow
  /** How often each body has run. */
  readonly calls: Readonly<Record<string, number>>
  /** The callbacks that were made, suspensions left out. */
  readonly told: readonly string[]
}

/** A workflow that does what a composition says, and at its end tells what state and request context have become. */
export function composed(composition: Composition): Composed {
  const builder = new Builder()
  const inner = builder.row(workflow('composed') as Flow, composition).commit()
  const end = step('end', ({ inputData, state, requestContext }) => ({
    value: inputData,
    state: Object.keys(state).sort(),
    context: [...requestContext.keys()].sort(),
  }))
  const told: string[] = []
  const options: WorkflowOptions = {
    onStart: () => void told.push('onStart'),
    onFinish: ({ status }) => void (status !== 'suspended' && told.push(`onFinish ${status}`)),
    onError: ({ status }) => void told.push(`onError ${status}`),
  }
  return { workflow: workflow('whole', { options }).then(inner).then(end).commit(), calls: builder.calls, told }
}

class Builder {
  readonly calls: Record<string, number> = {}
  #labels = 0

  row(flow: Flow, composition: Composition): Flow {
    return composition.reduce((before, piece) => this.#add(before, piece) as unknown as Flow, flow)
  }

  #add(flow: Flow, piece: Piece): object {
    switch (piece.kind) {
      case 'leaf':
        return this.#leaf(flow, piece)
      case 'parallel':
        return flow.parallel(
          mapped(piece.members, (member) => this.#inside(member)),
          { allowFailure: piece.allowFailure },
        )
      case 'branch':
        return flow.branch(mapped(piece.arms, ([taken, arm]) => [() => taken, this.#inside(arm)] as const))
      case 'foreach': {
        const { id, items, concurrency, body } = piece
        const listed = flow.map(({ inputData }) => this.#noting(id, itemsOf(id, items, inputData)), { id })
        return listed.foreach((each) => this.row(each as unknown as Flow, body), { concurrency })
      }
      case 'loop': {
        const { turns, until, body } = piece
        if (until) return flow.dountil(this.#inside(body), ({ iterationCount }) => iterationCount >= turns)
        return flow.dowhile(this.#inside(body), ({ iterationCount }) => iterationCount < turns)
      }
      case 'workflow':
        return flow.then(this.row(workflow(piece.id) as Flow, piece.body).commit())
    }
  }

  #inside(composition: Composition) {
    return (flow: Flow): Flow => this.row(flow, composition)
  }

  #leaf(flow: Flow, { id, leaf }: { readonly id: string; readonly leaf: Leaf }): object {
    if (leaf === 'sleeps') return flow.sleep(50, { id })
    if (leaf === 'maps') return flow.map(({ inputData }) => this.#noting(id, madeFrom(id, inputData)), { id })
    const retries = leaf === 'fails first' ? 1 : 0
    return flow.then(step(id, (context) => this.#body(context, id, leaf), { retries }))
  }

  #noting<Value>(id: string, value: Value): Value {
    this.calls[id] = (this.calls[id] ?? 0) + 1
    return value
  }

  async #body(context: StepContext, id: string, leaf: Leaf): Promise<unknown> {
    const { inputData, resumeData, retryCount, bail } = context
    const key = keyOf(id, inputData)
    const value = this.#noting(id, madeFrom(id, inputData))
    if (resumeData !== undefined) looksResumed(context, key)
    await context.setState({ [key]: true })
    context.requestContext.set(key, true)
    if (leaf === 'fails first' && retryCount === 0) throw new Error('the first attempt')
    if (leaf === 'bails') return bail(value)
    if (leaf === 'trips') throw new TripWire(`${id} has failed`)
    const legs = leaf.startsWith('asks') ? (leaf === 'asks twice' ? 2 : 1) : 0
    const leg = (context.suspendData as { readonly leg?: number } | undefined)?.leg ?? 0
    if (leg < legs) return context.suspend({ key, leg: leg + 1 }, { resumeLabel: `label ${this.#labels++}` })
    if (leaf.endsWith('throws')) throw new Error(`${id} has failed`)
    return value
  }
}

/** A resumed body finds what it has given, set and put into the request context. */
function looksResumed({ resumeData, suspendData, state, requestContext }: StepContext, key: string): void {
  const asked = (suspendData as { readonly key?: string } | undefined)?.key
  deepEqual([resumeData, asked, state[key], requestContext.get(key)], ['data', key, true, true])
}

const mapped = <Value, Changed>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Changed,
): Readonly<Record<string, Changed>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
