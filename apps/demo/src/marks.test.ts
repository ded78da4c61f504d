import type { Reason, WorkflowState } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { type Known, marksOf } from './marks.ts'
import { orderWorkflow } from './order-workflow.ts'
import { outline } from './outline.ts'

const lines = outline(orderWorkflow.graph)

const nothing: Known = { run: undefined, waitsFor: [], calls: new Map() }
const known = (steps: object, more: Partial<Known> = {}): Known => ({
  ...nothing,
  run: { steps } as unknown as WorkflowState<'steps'>,
  ...more,
})
const marks = (from: Known) => Object.fromEntries(lines.flatMap((line) => [...marksOf(line, from)]))

describe('the outline', () => {
  it('has a line for each block and step, those of nested workflows below them, and none for maps', () => {
    expect(lines.map(({ tree, text }) => `${tree}${text}`)).toEqual([
      ...[' ├─┬ at the same time', ' │ ├── stock', ' │ ├── address', ' │ └── risk'],
      ...[' ├─┬ one of', ' │ ├── domestic-quote', ' │ └── foreign-quote'],
      ...[' ├─┬ pack: each item, 2 at a time', ' │ ├── pick', ' │ └── wrap', ' ├── pay', ' ├── approve'],
      ...[' └─┬ delivery', '   ├── label', '   ├── wait-for-courier', '   └── hand-over'],
    ])
  })
})

describe('marks', () => {
  it('are open at first', () => expect(new Set(Object.values(marks(nothing)))).toEqual(new Set(['open'])))

  it('come from records, and from what the run waits for', () => {
    const waitsFor: readonly Reason[] = [{ kind: 'timer', step: ['pay'], for: 'retry' }]
    const seen = marks(known({ stock: { status: 'success' }, pay: { status: 'running' } }, { waitsFor }))
    expect(seen).toMatchObject({ stock: 'done', pay: 'waiting', approve: 'open' })
  })

  it('are skipped for an arm when another one is taken', () => {
    const seen = marks(known({ 'domestic-quote': { status: 'running' } }))
    expect(seen).toMatchObject({ 'domestic-quote': 'running', 'foreign-quote': 'skipped' })
  })

  it('stand for each item of a foreach', () => {
    const steps = { pack: { status: 'running', payload: ['a', 'b'] }, 'pack[0].pick': { status: 'success' } }
    expect(marks(known(steps))).toMatchObject({
      ...{ 'pack[0].pick': 'done', 'pack[0].wrap': 'open' },
      ...{ 'pack[1].pick': 'open', 'pack[1].wrap': 'open' },
    })
  })

  it('tell what was lost with its process from what runs again, until it is done', () => {
    const steps = { stock: { status: 'running' }, risk: { status: 'running' }, address: { status: 'success' } }
    const calls = new Map([
      ...[['stock', 'lost'] as const],
      ...['risk', 'address'].map((key) => [key, 'again'] as const),
    ])
    expect(marks(known(steps, { calls }))).toMatchObject({ stock: 'lost', risk: 'again', address: 'done' })
  })
})
