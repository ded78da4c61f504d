import { describe, expect, it } from 'vitest'
import { a, any, begin, body, ids, refusal, step } from '../../test/builder/plain-steps.js'
import type { WorkflowErrorCode } from '../errors/index.js'
import { cloneStep, cloneWorkflow, createStep, createWorkflow, type Workflow } from './index.js'

describe('createStep', () => {
  it('gives a frozen step with all that it was given', () => {
    const given = {
      id: 'x',
      inputSchema: any,
      outputSchema: any,
      retries: 2,
      timeoutMs: 5,
      metadata: { n: 1 },
      execute: body,
    }
    const made = createStep(given)
    expect(made).toEqual({ ...given, component: 'STEP' })
    expect(Object.isFrozen(made)).toBe(true)
  })

  const good = { id: 'x', inputSchema: any, outputSchema: any, execute: body }
  it.each<readonly [string, unknown, WorkflowErrorCode, string | undefined]>([
    ['nothing', undefined, 'WF_INVALID_OPTION', undefined],
    ['a text', 'x', 'WF_INVALID_OPTION', undefined],
    ['no id', { ...good, id: undefined }, 'WF_INVALID_GRAPH', 'id'],
    ['an empty id', { ...good, id: '' }, 'WF_INVALID_GRAPH', 'id'],
    ['no body', { ...good, execute: undefined }, 'WF_INVALID_OPTION', 'execute'],
    ['a schema that is none', { ...good, inputSchema: { type: 'object' } }, 'WF_INVALID_OPTION', 'inputSchema'],
    ['no output schema', { ...good, outputSchema: null }, 'WF_INVALID_OPTION', 'outputSchema'],
    ['negative retries', { ...good, retries: -1 }, 'WF_INVALID_OPTION', 'retries'],
    ['a part of a retry', { ...good, retries: 1.5 }, 'WF_INVALID_OPTION', 'retries'],
    ['no timeout at all', { ...good, timeoutMs: Number.NaN }, 'WF_INVALID_OPTION', 'timeoutMs'],
    ['a policy without attempts', { ...good, retry: { delayMs: 1 } }, 'WF_INVALID_OPTION', 'retry.attempts'],
    ['too much jitter', { ...good, retry: { attempts: 1, jitter: 2 } }, 'WF_INVALID_OPTION', 'retry.jitter'],
    ['retries that differ', { ...good, retries: 1, retry: { attempts: 2 } }, 'WF_INVALID_OPTION', 'retries'],
  ])('refuses %s and names the field', (...[, params, code, field]) => {
    const error = refusal(() => createStep(params as never), code)
    expect(error.field).toBe(field)
    if (field !== 'id' && field !== undefined) expect(error.message).toContain('step "x"')
  })

  it('takes any other text as an id', () => {
    for (const id of ['__proto__', 'a/b.c', 'constructor', ' ', 'x'.repeat(10_000)]) {
      const workflow: Workflow = begin().then(step(id)).commit()
      expect(workflow.functions.get('0')?.step?.id).toBe(id)
      expect(Object.keys(workflow.steps)).toEqual([id])
    }
  })
})

describe('createWorkflow', () => {
  const good = { id: 'x', inputSchema: any, outputSchema: any }
  it.each<readonly [string, unknown, WorkflowErrorCode, string]>([
    ['an empty id', { ...good, id: '' }, 'WF_INVALID_GRAPH', 'id'],
    ['no input schema', { ...good, inputSchema: undefined }, 'WF_INVALID_OPTION', 'inputSchema'],
    ['negative attempts', { ...good, retryConfig: { attempts: -1 } }, 'WF_INVALID_OPTION', 'retryConfig.attempts'],
    ['a delay that is none', { ...good, retryConfig: { delay: '1s' } }, 'WF_INVALID_OPTION', 'retryConfig.delay'],
    ['a callback that is none', { ...good, options: { onFinish: 1 } }, 'WF_INVALID_OPTION', 'options.onFinish'],
    [
      'a flag that is none',
      { ...good, options: { validateInputs: 'no' } },
      'WF_INVALID_OPTION',
      'options.validateInputs',
    ],
    ['no time', { ...good, timeoutMs: 0 }, 'WF_INVALID_OPTION', 'timeoutMs'],
  ])('refuses %s and names the field', (...[, config, code, field]) => {
    expect(refusal(() => createWorkflow(config as never), code).field).toBe(field)
  })

  it('gives a frozen workflow with its defaults', () => {
    const workflow = begin().then(a).commit()
    expect(Object.isFrozen(workflow) && Object.isFrozen(workflow.graph) && Object.isFrozen(workflow.graph.nodes)).toBe(
      true,
    )
    expect(workflow).toMatchObject({
      component: 'WORKFLOW',
      committed: true,
      id: 'w',
      options: { validateInputs: true, validateOutputs: false },
      graph: { retry: { attempts: 0, delayMs: 0, factor: 1, jitter: 0 }, callbacks: [] },
    })
  })

  it('writes policies and callbacks into the graph', () => {
    const workflow = createWorkflow({
      id: 'x',
      inputSchema: any,
      outputSchema: any,
      retryConfig: { attempts: 3, delay: 10, maxDelay: 50 },
      options: { onError: body, onStart: body },
    })
      .then(a)
      .then(createStep({ ...step('b'), retries: 1 }))
      .then(createStep({ ...step('c'), retry: { attempts: 2, factor: 2 } }))
      .commit()
    expect(workflow.graph).toMatchObject({
      retry: { attempts: 3, delayMs: 10, maxDelayMs: 50 },
      callbacks: ['onStart', 'onError'],
      nodes: [{ id: 'a' }, { retry: { attempts: 1, delayMs: 10 } }, { retry: { attempts: 2, delayMs: 0, factor: 2 } }],
    })
    expect(workflow.graph.nodes[0]).not.toHaveProperty('retry')
  })
})

describe('clones', () => {
  it('of steps keep everything but the id', () => {
    const full = createStep({
      id: 'full',
      inputSchema: any,
      outputSchema: any,
      resumeSchema: any,
      suspendSchema: any,
      stateSchema: any,
      requestContextSchema: any,
      retries: 3,
      execute: body,
    })
    expect(cloneStep(full, { id: 'again' })).toEqual({ ...full, id: 'again' })
    expect(refusal(() => cloneStep(full, { id: '' }), 'WF_INVALID_GRAPH').field).toBe('id')
  })

  it('of workflows make ids anew that were made from the old one', () => {
    const original = createWorkflow({
      id: 'w',
      inputSchema: any,
      outputSchema: any,
      stateSchema: any,
      retryConfig: { attempts: 2 },
      options: { validateOutputs: true },
    })
      .map(body)
      .then(a)
      .sleep(1)
      .commit()
    const clone = cloneWorkflow(original, { id: 'v' })
    expect(ids(clone.graph.nodes)).toEqual(['mapping_v_0', 'a', 'sleep_v_0'])
    expect(clone).toMatchObject({
      id: 'v',
      stateSchema: any,
      retryConfig: { attempts: 2 },
      options: { validateOutputs: true },
    })
    expect(clone.hash).not.toBe(original.hash)
    expect(cloneWorkflow(clone, { id: 'w' }).hash).toBe(original.hash)
  })
})

describe('step graphs', () => {
  it('show the graph live and as plain data', () => {
    const inner = begin('inner').then(step('b')).commit()
    const { stepGraph, serializedStepGraph } = begin()
      .then(a)
      .branch([[() => true, inner]])
      .dountil(step('c'), () => false)
      .foreach(step('d'), { concurrency: 2 })
      .map({ n: { value: 1 } })
      .sleep(5)
      .commit()
    expect(stepGraph[0]).toEqual({ type: 'step', step: a })
    expect(serializedStepGraph).toEqual(JSON.parse(JSON.stringify(serializedStepGraph)))
    expect(serializedStepGraph).toMatchObject([
      { type: 'step', step: { id: 'a', component: 'STEP', canSuspend: false } },
      {
        type: 'conditional',
        steps: [{ type: 'workflow', id: 'inner', serializedStepFlow: [{ type: 'step', step: { id: 'b' } }] }],
        serializedConditions: [{ id: 'inner-condition', fn: '() => true' }],
      },
      { type: 'loop', loopType: 'dountil', step: { type: 'step' }, serializedCondition: { id: 'c-condition' } },
      { type: 'foreach', opts: { concurrency: 2 } },
      { type: 'mapping', id: 'mapping_w_0', mapConfig: '{"n":{"value":1}}' },
      { type: 'sleep', id: 'sleep_w_0', duration: 5 },
    ])
  })
})
