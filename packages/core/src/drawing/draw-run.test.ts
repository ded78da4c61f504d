import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createStep, createWorkflow } from '../index.js'

const given = z.unknown()
const step = (id: string) =>
  createStep({ id, inputSchema: given, outputSchema: given, execute: async ({ inputData }) => inputData })
const nested = createWorkflow({ id: 'each.one', inputSchema: given, outputSchema: given }).then(step('b')).commit()
const workflow = createWorkflow({ id: 'flow', inputSchema: given, outputSchema: given })
  .then(step('a'))
  .dountil(step('again'), async function isDone() {
    return true
  })
  .map(async () => [1, 2, 3], { id: 'numbers' })
  .foreach(nested)
  .commit()

const record = (status: string, more = {}) => ({ status, payload: 0, startedAt: 0, ...more })

describe('the drawing of a run', () => {
  it('has statuses, counts and colors', () => {
    const text = workflow.toMermaid({
      workflowName: 'flow',
      status: 'running',
      steps: {
        input: { status: 'not one' },
        a: record('success'),
        again: record('success', { metadata: { iterationCount: 4 } }),
        numbers: record('success'),
        'each.one': record('running', { payload: [1, 2, 3] }),
        'each.one[0].b': record('success'),
        'each.one[1].b': record('failed'),
        'each.one[2].b': record('success'),
      },
    })
    expect(text.split('\n')).toEqual([
      'flowchart TD',
      '  begin(["flow"])',
      '  n0["a<br/>success"]',
      '  n1_0["again<br/>success"]',
      '  n1{"until isDone<br/>4 iterations"}',
      '  n2{{"numbers<br/>map<br/>success"}}',
      '  subgraph n3["each item, one at a time<br/>3 items"]',
      '    subgraph n3_0["each#46;one<br/>running"]',
      '      n3_0_0["b<br/>2 success, 1 failed"]',
      '    end',
      '  end',
      '  finish(["running"])',
      '  n1_0 --> n1',
      '  n1 -->|"again"| n1_0',
      '  n0 --> n1_0',
      '  n1 -->|"done"| n2',
      '  n2 --> n3_0_0',
      '  begin --> n0',
      '  n3_0_0 --> finish',
      '  classDef success fill:#d3f9d8,stroke:#2b8a3e,color:#111',
      '  class n0,n1_0,n2 success',
      '  classDef running fill:#d0ebff,stroke:#1864ab,color:#111',
      '  class n3_0,finish running',
      '  classDef failed fill:#ffe3e3,stroke:#c92a2a,color:#111',
      '  class n3_0_0 failed',
      '',
    ])
  })

  it('counts attempts where it is given the history', () => {
    const history = [
      { step: [], path: [] },
      { step: ['a'], path: [0], attempt: 0 },
      { step: ['a'], path: [0], attempt: 1 },
      { step: ['again'], path: [1, 0], attempt: 0 },
      { step: ['each.one', 'b'], path: [3, 2, 0], attempt: 2 },
    ]
    const text = workflow.toMermaid({ steps: { a: record('success') }, history })
    expect(text).toContain('n0["a<br/>success, 2 attempts"]')
    expect(text).toContain('n1_0["again"]')
    expect(text).toContain('n3_0_0["b<br/>3 attempts"]')
  })

  it('takes one item as one, and what it does not know as not reached', () => {
    const text = workflow.toMermaid({
      status: 'unheard of',
      steps: { a: 'nothing', numbers: record('odd'), 'each.one': record('success', { payload: [1] }) },
    })
    expect(text).toContain('n0["a"]')
    expect(text).toContain('each item, one at a time<br/>1 item"')
    expect(text).toContain('n2{{"numbers<br/>map<br/>odd"}}')
    expect(text).not.toContain('class n2')
    expect(text).toContain('finish(["unheard of"])')
  })

  it.each([
    ['another workflow', { workflowName: 'other' }, /the run is one of workflow "other"/],
    ['no object', 7, /`run` must be an object, got 7/],
    ['no text', { status: 1 }, /`run.status` must be a text, got 1/],
    ['no records', { steps: 'x' }, /`run.steps` must be an object, got "x"/],
    ['no list', { history: {} }, /`run.history` must be a list of what `runs.history` tells, got an object/],
  ])('refuses a run of %s', (_, run, message) => {
    const draw = workflow.toMermaid.bind(workflow) as (run: unknown) => string
    expect(() => draw(run)).toThrow(message)
    expect(() => draw(run)).toThrow(expect.objectContaining({ code: 'WF_INVALID_OPTION', workflowId: 'flow' }))
  })
})
