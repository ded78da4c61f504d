import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import type { Run } from '../run/run.js'
import { createStep, createWorkflow, RequestContext, type RequestContextOf } from './index.js'

const number = z.number()

const numbers = <const Id extends string>(id: Id) => ({ id, inputSchema: number, outputSchema: number })

const context = z.object({ user: z.string(), since: z.coerce.date(), plan: z.string().default('free') })

const reads = createStep({
  ...numbers('reads'),
  requestContextSchema: z.object({ user: z.string(), since: z.date() }),
  execute: ({ inputData, requestContext }) => inputData + requestContext.get('user').length,
})

const workflow = createWorkflow({ ...numbers('typed'), requestContextSchema: context })
  .then(reads)
  .map(async ({ requestContext }) => {
    expectTypeOf(requestContext.get('plan')).toEqualTypeOf<string>()
    // @ts-expect-error the context of the workflow has no such key
    requestContext.get('paln')
    // @ts-expect-error it is a Date
    requestContext.set('since', 'yesterday')
    return 1
  })
  .commit()

/** Calls are only compiled: nothing is behind this. */
const run = (): Run<typeof workflow> => {
  throw new Error('only for types')
}

describe('a request context with a schema', () => {
  it('is known by what its schema takes', () => {
    expectTypeOf<RequestContextOf<typeof workflow>>().toEqualTypeOf<z.input<typeof context>>()
    expectTypeOf<RequestContextOf<typeof reads>['since']>().toEqualTypeOf<Date>()
    const plain = createWorkflow(numbers('plain'))
      .map(async () => 1)
      .commit()
    expectTypeOf<RequestContextOf<typeof plain>>().toEqualTypeOf<Record<string, unknown>>()
  })

  it('is typed wherever a caller gives it', () => {
    const given = { user: 'ada', since: '2030-01-01' }
    const calls = [
      () => run().start({ requestContext: given }),
      () => run().start({ requestContext: new RequestContext(given) }),
      () => run().start({ requestContext: new RequestContext({ ...given, more: 1 }) }),
      () => run().resume({ requestContext: { plan: 'paid' } }),
      () => run().restart({ requestContext: new RequestContext({ user: 'bob' }) }),
      () => run().timeTravel({ step: reads, requestContext: { user: 'bob' } }),
      () => run().stream({ requestContext: given }),
      () => run().resumeStream({ requestContext: { user: 'bob' } }),
      // @ts-expect-error a start brings all that the schema asks for
      () => run().start({ requestContext: { user: 'ada' } }),
      // @ts-expect-error a number is no text
      () => run().start({ requestContext: { ...given, user: 7 } }),
      // @ts-expect-error the schema has no such key
      () => run().start({ requestContext: { ...given, paln: 'paid' } }),
      // @ts-expect-error a number is no text
      () => run().start({ requestContext: new RequestContext({ ...given, user: 7 }) }),
      // @ts-expect-error a number is no text
      () => run().resume({ requestContext: { plan: 7 } }),
      // @ts-expect-error a number is no text
      () => run().restart({ requestContext: { plan: 7 } }),
      // @ts-expect-error a number is no text
      () => run().timeTravel({ step: reads, requestContext: { plan: 7 } }),
    ]
    for (const call of calls) expect(call).toThrow('only for types')
  })
})

describe('a step that asks for keys of the request context', () => {
  const builder = createWorkflow({ ...numbers('wired'), requestContextSchema: context })

  const asks = { ...numbers('asks'), execute: () => 1 }

  it('stands in any workflow whose context has them', () => {
    const some = createStep({
      ...asks,
      requestContextSchema: z.object({ plan: z.string(), more: z.number().optional() }),
    })
    builder.then(some).parallel([some])
    createWorkflow(numbers('open')).then(some)
    createWorkflow({ ...numbers('optional'), requestContextSchema: z.object({ plan: z.string().optional() }) }).then(
      some,
    )
    createWorkflow({ ...numbers('loose'), requestContextSchema: z.record(z.string(), z.any()) }).then(some)
    builder.then(createStep({ ...asks, requestContextSchema: z.any() }))
    builder.then(createStep({ ...asks, requestContextSchema: z.unknown() }))
    const inner = createWorkflow({ ...numbers('inner'), requestContextSchema: z.object({ user: z.string() }) })
      .then(createStep({ ...asks, requestContextSchema: z.object({ user: z.string() }) }))
      .commit()
    expect(builder.then(inner)).toBeDefined()
  })

  it('does not compile where they are missing or something else', () => {
    const tenant = createStep({ ...asks, requestContextSchema: z.object({ user: z.string(), tenant: z.string() }) })
    const misread = createStep({ ...asks, requestContextSchema: z.object({ user: z.number() }) })
    // @ts-expect-error the request context of the workflow has no tenant
    builder.then(tenant)
    // @ts-expect-error the user is a text
    builder.then(misread)
    // @ts-expect-error the user is a text
    builder.parallel([misread])
    // @ts-expect-error the user is a text
    builder.dountil(misread, async () => true)
    const inner = createWorkflow({ ...numbers('inner'), requestContextSchema: z.object({ user: z.number() }) })
      .then(misread)
      .commit()
    // @ts-expect-error so it is for a workflow in it
    expect(() => builder.then(inner)).not.toThrow()
  })
})
