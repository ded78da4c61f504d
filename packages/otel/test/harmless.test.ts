import { context, trace } from '@opentelemetry/api'
import { AlwaysOffSampler } from '@opentelemetry/sdk-trace-base'
import { type Logger, redactKeys, type Telemetry } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { createTelemetry } from '../src/index.js'
import { asks, flow, step } from './given/flows.js'
import { kinds, traced } from './given/traced.js'

function listening() {
  const lines: string[] = []
  const hear = (_: object, message: string): void => void lines.push(message)
  return { lines, logger: { debug: hear, info: hear, warn: hear, error: hear } satisfies Logger }
}

const throws = (): never => {
  throw new Error('the tracer is broken')
}

const halfBroken = (): Telemetry => ({
  span: () => ({
    carrier: { traceparent: 'x' },
    isRecording: true,
    native: undefined,
    within: throws,
    end: throws,
  }),
  measure: throws,
})

describe('a telemetry', () => {
  it.each([
    ['throws', { span: throws, measure: throws }],
    ['throws later', halfBroken()],
    [
      'calls twice',
      { span: () => ({ ...halfBroken().span?.({} as never, {}), within: (call: () => unknown) => [call(), call()] }) },
    ],
  ])('that %s harms no run, and is heard of once', async (_, telemetry) => {
    const { lines, logger } = listening()
    let calls = 0
    const w = flow('order')
      .then(
        step('a', () => {
          calls += 1
        }),
      )
      .then(asks('b'))
      .commit()
    const engine = createDefaultEngine({ workflows: [w], telemetry: telemetry as Telemetry, logger })
    const run = await engine.createRun(w)
    expect(await run.start({})).toMatchObject({ status: 'suspended' })
    expect(await run.resume({ resumeData: 1 })).toMatchObject({ status: 'success', result: 1 })
    expect(calls).toBe(1)
    expect(lines).toEqual(['the telemetry of the engine threw, and runs go on without: the tracer is broken'])
    await engine.close()
  })

  it('without a provider of the process leaves no trace', async () => {
    const seen: unknown[] = []
    const w = flow('order')
      .then(step('a', ({ tracingContext }) => void seen.push(tracingContext)))
      .commit()
    const engine = createDefaultEngine({ workflows: [w], storage: createMemoryStorage(), telemetry: createTelemetry() })
    const run = await engine.createRun(w)
    expect(await run.start({})).not.toHaveProperty('traceId')
    expect(seen).toEqual([{}])
    await engine.close()
  })

  it('is refused where it is none', () => {
    expect(() => createDefaultEngine({ workflows: [], telemetry: {} })).toThrow(/telemetry/)
  })
})

describe.each(kinds)('on the %s engine', (kind) => {
  it('a run that is not sampled has no spans, and steps know that', async () => {
    const flags: unknown[] = []
    const w = flow('order')
      .parallel([
        step('a', async ({ tracingContext }) => {
          await Promise.resolve()
          flags.push(trace.getSpanContext(context.active())?.traceFlags, tracingContext.currentSpan !== undefined)
        }),
      ])
      .sleep(1)
      .commit()
    const { engine, spans } = traced(kind, [w], { sampler: new AlwaysOffSampler() })
    const result = await (await engine.createRun(w)).start({})
    expect(result).toMatchObject({ status: 'success', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(flags).toEqual([0, true])
    expect(spans()).toEqual([])
  })

  it('a step whose input does not fit has a span with the error', async () => {
    const { z } = await import('zod')
    const { createStep } = await import('@wf/core')
    const picky = createStep({ id: 'picky', inputSchema: z.number(), outputSchema: z.number(), execute: async () => 1 })
    const w = flow('order')
      .map(async () => 'text' as never)
      .then(picky)
      .commit()
    const { engine, tree, spans } = traced(kind, [w])
    expect(await (await engine.createRun(w)).start({})).toMatchObject({ status: 'failed' })
    expect(tree().at(-1)).toBe('    input of picky: failed')
    expect(spans().find(({ name }) => name === 'input of picky')?.events).toMatchObject([{ name: 'exception' }])
  })

  it('inputs and outputs are told only when they are asked for, and unless the call hides them', async () => {
    const w = flow('order')
      .then(step('a', () => ({ card: '4000', kept: 1 })))
      .commit()
    const told = async (tracing: object, tracingOptions: object) => {
      const { engine, spans } = traced(kind, [w], { tracing, redact: redactKeys(['card']) })
      await (await engine.createRun(w)).start({ inputData: { card: '5000', in: 1 }, tracingOptions })
      const attributes = spans().find(({ name }) => name === 'step a')?.attributes ?? {}
      return [attributes['wf.step.input'], attributes['wf.step.output']]
    }
    expect(await told({}, {})).toEqual([undefined, undefined])
    expect(await told({ recordInputs: true, recordOutputs: true }, {})).toEqual([
      '{"card":"[redacted]","in":1}',
      '{"card":"[redacted]","kept":1}',
    ])
    expect(await told({ recordInputs: true, recordOutputs: true, maxValueLength: 10 }, { hideOutput: true })).toEqual([
      '{"card":"…',
      undefined,
    ])
    expect(await told({ recordInputs: true }, { hideInput: true })).toEqual([undefined, undefined])
  })

  it('errors are told as they are recorded: without secrets, and as the redaction leaves them', async () => {
    const w = flow('order')
      .then(
        step('a', async ({ secret }) => {
          throw new Error(`refused for ${await secret('bank')}`)
        }),
      )
      .commit()
    const { engine, spans } = traced(kind, [w], { secret: () => 'tok-12345678' })
    const run = await engine.createRun(w)
    await run.start({ tracingOptions: { metadata: { note: 'as given' } } })
    const told = JSON.stringify(spans())
    expect(told).toContain('refused for [secret bank]')
    expect(told).not.toContain('tok-12345678')
    const redact = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && 'metadata' in value
        ? { ...value, metadata: { note: 'gone' } }
        : value
    const other = traced(kind, [w], { secret: () => 'tok-12345678', redact })
    await (await other.engine.createRun(w)).start({ tracingOptions: { metadata: { note: 'as given' } } })
    expect(JSON.stringify(other.spans())).not.toContain('as given')
    expect(JSON.stringify(other.spans())).toContain('gone')
  })
})
