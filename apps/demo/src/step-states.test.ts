import type { Why, WorkflowState } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { orderWorkflow } from './order-workflow.ts'
import { outline } from './outline.ts'
import { stepStates } from './step-states.ts'

const lines = outline(orderWorkflow.graph)
const look = (run: object, waitsFor: object[], before: Parameters<typeof stepStates>[1]['before'] = {}) =>
  stepStates(lines, { run: run as WorkflowState, why: { waitsFor } as unknown as Why, before })

describe('the outline', () => {
  it('has a line for each block and step, nested ones below their workflow, and none for maps', () => {
    expect(lines.map(({ depth, text }) => `${'  '.repeat(depth - 1)}${text}`)).toEqual([
      ...['at the same time', '  stock', '  address', '  risk'],
      ...['one of', '  domestic-quote', '  foreign-quote'],
      ...['for each item, 2 at a time', '  pack', 'pay', 'approve'],
      ...['delivery', '  label', '  wait-for-courier', '  hand-over'],
    ])
  })
})

describe('states of steps', () => {
  it('are open at first', () => expect(new Set(Object.values(look({ steps: {} }, [])))).toEqual(new Set(['open'])))

  it('come from records, and from what the run waits for', () => {
    const seen = look({ steps: { stock: { status: 'success' }, pay: { status: 'running' } } }, [
      { kind: 'timer', step: ['pay'] },
    ])
    expect(seen).toMatchObject({ stock: 'done', pay: 'waiting', approve: 'open' })
  })

  it('are skipped where the run has passed by', () => {
    expect(look({ steps: { 'domestic-quote': { status: 'success' }, pack: { status: 'running' } } }, [])).toMatchObject(
      {
        'foreign-quote': 'skipped',
        pay: 'open',
      },
    )
  })

  it('of a nested workflow are remembered', () => {
    const steps = { delivery: { status: 'running' } }
    const first = look({ steps }, [{ kind: 'running', step: ['delivery', 'label'] }])
    expect(first).toMatchObject({ 'delivery › label': 'running', 'delivery › hand-over': 'open' })
    const second = look({ steps }, [{ kind: 'timer', step: ['delivery', 'wait-for-courier'] }], first)
    expect(second).toMatchObject({ 'delivery › label': 'done', 'delivery › wait-for-courier': 'waiting' })
  })
})
