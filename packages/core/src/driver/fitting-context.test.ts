import { describe, expect, it } from 'vitest'
import type { Schema } from '../builder/schema.js'
import { checkSet, fitContext } from './fitting-context.js'
import { TrackedContext } from './scene.js'

type Issue = { readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] }

const schema = (issues: readonly Issue[], { waits = false, value = {} as unknown } = {}): Schema => {
  const result = issues.length > 0 ? { issues } : { value }
  return {
    '~standard': { version: 1, vendor: 'test', validate: () => (waits ? Promise.resolve(result) : result) },
  } as Schema
}

const place = () => ({ workflowId: 'w', stepId: 's', runId: 'r' })

/** A step in a workflow, each with its schema, if it has one. */
function around({ step, workflow, checks = true }: { step?: Schema; workflow?: Schema; checks?: boolean }) {
  const root = {
    parent: undefined,
    of: { workflow: { requestContextSchema: workflow, options: { validateInputs: checks } } },
  }
  const frame = { parent: root, of: step ? { step: { requestContextSchema: step } } : {} }
  const program = { skipsInputs: !checks, codeOf: (one: { of: unknown }) => one.of }
  return { frame, program }
}

const check = (given: Parameters<typeof around>[0], context: TrackedContext | undefined) =>
  checkSet({ ...around(given), context } as never, place)

function contextWith(...keys: readonly string[]): TrackedContext {
  const context = new TrackedContext([['given', 1]])
  for (const key of keys) context.set(key, 1)
  return context
}

describe('what a step has set in the request context', () => {
  const misfit = schema([{ message: 'not so', path: ['a', 'b'] }])

  it('fits the schema of its step and of the workflows around it', async () => {
    await expect(check({ step: misfit }, contextWith('a'))).rejects.toMatchObject({
      ...{ code: 'WF_STEP_REQUEST_CONTEXT_INVALID', workflowId: 'w', stepId: 's', runId: 'r' },
      message: expect.stringContaining('- a.b: not so'),
    })
    await expect(check({ workflow: misfit }, contextWith('a'))).rejects.toThrow('not so')
    await expect(check({ step: schema([]), workflow: schema([]) }, contextWith('a'))).resolves.toBeUndefined()
  })

  it('is all that it answers for', async () => {
    await expect(check({ step: misfit }, contextWith('b'))).resolves.toBeUndefined()
    const named = schema([{ message: 'not so', path: [{ key: 'a' }] }])
    await expect(check({ step: named }, contextWith('b'))).resolves.toBeUndefined()
    await expect(check({ step: named }, contextWith('a'))).rejects.toThrow('not so')
    const whole = schema([{ message: 'all wrong' }])
    await expect(check({ step: whole }, contextWith('b'))).rejects.toThrow('all wrong')
  })

  it('is not looked at where nothing was set, nothing is asked for, or nothing is checked', () => {
    expect(check({ step: misfit }, undefined)).toBeUndefined()
    expect(check({ step: misfit }, contextWith())).toBeUndefined()
    expect(check({}, contextWith('a'))).toBeUndefined()
    expect(check({ step: misfit, checks: false }, contextWith('a'))).toBeUndefined()
  })
})

describe('the request context that a body finds', () => {
  it('is what the schema makes of it, and that is no change', async () => {
    const context = contextWith()
    expect(fitContext(schema([], { value: { given: 'parsed' } }), context, place)).toBeUndefined()
    expect([context.get('given'), context.changed.size]).toEqual(['parsed', 0])
    await fitContext(schema([], { value: { given: 'later' }, waits: true }), context, place)
    expect([context.get('given'), context.changed.size]).toEqual(['later', 0])
  })

  it('may not fit', async () => {
    const misfit = [{ message: 'not so', path: ['given'] }]
    expect(() => fitContext(schema(misfit), contextWith(), place)).toThrow('not so')
    await expect(fitContext(schema(misfit, { waits: true }), contextWith(), place)).rejects.toMatchObject({
      ...{ code: 'WF_STEP_REQUEST_CONTEXT_INVALID', stepId: 's' },
    })
  })
})
