import type { Logger } from '@wf/core'
import { consoleLogger, createWorkflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import pino from 'pino'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { z } from 'zod'
import { step } from './given/flows.js'
import { traced } from './given/traced.js'

function lined() {
  const lines: string[] = []
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  return { logger, lines: () => lines.map((line): Record<string, unknown> => JSON.parse(line)) }
}

const throwing = createWorkflow({
  id: 'order',
  inputSchema: z.unknown(),
  outputSchema: z.unknown(),
  options: {
    onFinish() {
      throw new RangeError('finish is broken')
    },
  },
})
  .then(step('a'))
  .commit()

describe('a logger of pino', () => {
  it('is one as it is', () => {
    expectTypeOf<pino.Logger>().toExtend<Logger>()
    expectTypeOf<Console>().toExtend<Logger>()
  })

  it('has our fields in its lines', async () => {
    const { logger, lines } = lined()
    const { engine } = traced('default', [throwing], { logger })
    const result = await (await engine.createRun(throwing)).start({})
    expect(lines()).toMatchObject([
      {
        level: 50,
        msg: 'onFinish of workflow "order" threw: finish is broken',
        runId: result.runId,
        workflowId: 'order',
        traceId: result.traceId,
        err: { type: 'RangeError', message: 'finish is broken', stack: expect.any(String) },
      },
    ])
  })

  it('is told of a telemetry that throws, and of a storage that will not have a checkpoint', async () => {
    const { logger, lines } = lined()
    const storage = createMemoryStorage()
    const checkpoint = () => Promise.reject(new Error('no room'))
    const engine = createDefaultEngine({
      workflows: [throwing],
      logger,
      checkpointBytes: 1,
      storage: { ...storage, checkpoint },
      telemetry: {
        span() {
          throw new Error('broken')
        },
      },
    })
    await (await engine.createRun(throwing)).start({})
    await engine.close()
    const said = lines().map(({ msg }) => msg)
    expect(said).toContain('the telemetry of the engine threw, and runs go on without: broken')
    expect(said.some((msg) => String(msg).startsWith('the checkpoint of run'))).toBe(true)
  })
})

describe('the console', () => {
  it('gets the message first, whether it is given as it is or as `consoleLogger`', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    for (const logger of [console, consoleLogger]) {
      const engine = createDefaultEngine({ workflows: [throwing], logger })
      await (await engine.createRun(throwing)).start({})
      await engine.close()
    }
    consoleLogger.error({}, 'alone')
    expect(said.mock.calls.map(([first, fields]) => [first, fields?.workflowId])).toEqual([
      ['onFinish of workflow "order" threw: finish is broken', 'order'],
      ['onFinish of workflow "order" threw: finish is broken', 'order'],
      ['alone', undefined],
    ])
    said.mockRestore()
  })
})
