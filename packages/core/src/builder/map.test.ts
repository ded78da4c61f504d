import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isWorkflowError } from '../errors/index.js'
import { createStep, createWorkflow, type MapSources, mapVariable, RequestContext, type StepContext } from './index.js'

const any = z.any()
const step = (id: string) => createStep({ id, inputSchema: any, outputSchema: any, execute: () => 1 })
const [a, b, dotted] = [step('a'), step('b'), step('x.y')] as const

/** What a step context holds, as far as maps look at it. */
function contextOf(results: Readonly<Record<string, unknown>> = {}): StepContext {
  return {
    inputData: { name: 'Ada', list: [{ n: 1 }, { n: 2 }], none: null },
    getInitData: () => ({ sku: 'x1', deep: { value: 5 } }),
    state: { count: 3 },
    requestContext: new RequestContext({ user: { id: 'u' } }),
    getStepResult: (named: string | { readonly id: string }) => {
      const id = typeof named === 'string' ? named : named.id
      return Object.hasOwn(results, id) ? results[id] : null
    },
    workflowId: 'w',
  } as unknown as StepContext
}

const flow = () => createWorkflow({ id: 'w', inputSchema: any, outputSchema: any })

async function run(sources: MapSources, results?: Readonly<Record<string, unknown>>): Promise<unknown> {
  const workflow = flow().map(sources, { id: 'm' }).commit()
  return workflow.functions.get('0')?.map?.(contextOf(results))
}

describe('a map', () => {
  it('reads each of its sources', async () => {
    const given = { deep: { list: [10, { n: 20 }] } }
    const sources = {
      fixed: { value: [1, 2] },
      computed: { fn: async ({ inputData }: StepContext) => (inputData as { name: string }).name },
      part: { step: a, path: 'deep.list.1.n' },
      whole: { step: a, path: '.' },
      empty: { step: a, path: '' },
      first: mapVariable({ step: [b, a], path: 'deep.list.0' }),
      init: { initData: true, path: 'deep.value' },
      context: { requestContextPath: 'user.id' },
      nothing: { step: a, path: 'deep.no.where' },
    } as const
    expect(await run(sources, { a: given })).toEqual({
      fixed: [1, 2],
      computed: 'Ada',
      part: 20,
      whole: given,
      empty: given,
      first: 10,
      init: 5,
      context: 'u',
      nothing: undefined,
    })
  })

  it('reaches own properties only', async () => {
    const sources = Object.fromEntries(
      ['constructor', '__proto__.polluted', 'toString', 'list.length', 'list.-1'].map((path) => [
        path,
        { step: a, path },
      ]),
    )
    const result = await run(sources, { a: { list: [1] } })
    expect(Object.values(result as object)).toEqual(Array(5).fill(undefined))
  })

  it('makes a key of any name an ordinary one', async () => {
    const sources = JSON.parse('{ "__proto__": { "value": { "polluted": true } } }')
    const result = await run(sources)
    expect(Object.keys(result as object)).toEqual(['__proto__'])
    expect((result as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it.each([
    [{ step: a, path: 'n' }, 'map "m", key "k": no result of step "a" to read "n" from'],
    [{ step: [a, b], path: '.' }, 'no result of step "a", "b"'],
    [{ template: `\${stepResults.a.n}` }, `no step has a result for "\${stepResults.a.n}"`],
    [{ template: `\${inputData.list}` }, `"\${inputData.list}" is an array, which has no text`],
    [{ template: `\${state}` }, `"\${state}" is an object, which has no text`],
  ])('names itself, the key and the path when %j fails', async (source, message) => {
    const failure = await run({ k: source } as MapSources).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(isWorkflowError(failure, 'WF_STEP_FUNCTION')).toBe(true)
    expect(String(failure)).toContain(message)
    expect(failure).toMatchObject({ stepId: 'm', field: 'k', workflowId: 'w' })
  })

  it.each([
    ['plain', 'plain'],
    [`\${inputData.name} of \${initData.sku}`, 'Ada of x1'],
    [`\${inputData.list.1.n}/\${state.count}/\${requestContext.user.id}`, '2/3/u'],
    [`[\${inputData.none}\${inputData.missing}]`, '[]'],
    ['$5 and $ {x} and ${', '$5 and $ {x} and ${'],
    [`\${stepResults.a.n} \${stepResults.x.y.n}`, '7 8'],
  ])('fills in the template %s', async (template, text) => {
    expect(await run({ text: { template } }, { a: { n: 7 }, 'x.y': { n: 8 } })).toEqual({ text })
  })

  it.each<readonly [string, unknown, string]>([
    ['an unknown name', { template: `\${output.a}` }, 'begins with none of inputData, initData'],
    ['white space', { template: `\${ inputData.a }` }, 'has white space inside its braces'],
    ['an empty part', { template: `\${inputData..a}` }, 'has an empty part in its path'],
    ['no step', { template: `\${stepResults}` }, 'names no step'],
    ['no source', {}, 'must have exactly one of value, fn, step'],
    ['two sources', { value: 1, step: a }, 'must have exactly one of'],
    ['null', null, 'must be an object, got null'],
    ['a step that is none', { step: 'a', path: '.' }, '"step" must be a step or a list of steps, got "a"'],
    ['an empty list', { step: [], path: '.' }, '"step" must be a step'],
    ['a path that is none', { step: a, path: 3 }, '"path" must be a text, got 3'],
    ['a function that is none', { fn: 'x' }, '"fn" must be a function'],
    ['initial data that is none', { initData: false, path: '.' }, '"initData" must be true or a workflow'],
  ])('is refused with %s', (_what, source, message) => {
    let error: unknown
    try {
      flow().map({ key: source } as never, { id: 'm' })
    } catch (thrown) {
      error = thrown
    }
    expect(isWorkflowError(error, 'WF_INVALID_GRAPH')).toBe(true)
    expect(String(error)).toContain(message)
    expect(error).toMatchObject({ workflowId: 'w', stepId: 'm', field: '.map().key' })
  })

  it('shows its sources as small plain data', () => {
    const inner = flow().then(dotted).commit()
    const sources = {
      a: { step: a, path: 'n' },
      b: { step: [a, b], path: '.' },
      c: { value: { live: inner } },
      d: { value: 'x'.repeat(5000) },
      e: { initData: inner, path: '.' },
      f: { fn: () => 1 },
    } as const
    expect(flow().map(sources).commit().graph.nodes[0]).toMatchObject({
      sources: {
        a: { step: 'a', path: 'n' },
        b: { step: ['a', 'b'], path: '.' },
        c: { value: '(an object)' },
        e: { initData: 'w', path: '.' },
        f: { fn: true },
      },
    })
    expect(JSON.stringify(flow().map(sources).commit().graph).length).toBeLessThan(1000)
  })
})
