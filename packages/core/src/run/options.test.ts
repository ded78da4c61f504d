import { describe, expect, it } from 'vitest'
import { createStep, createWorkflow } from '../builder/index.js'
import type { Schema } from '../builder/schema.js'
import { STORAGE_CONTRACT } from '../contracts/index.js'
import { isWorkflowError } from '../errors/index.js'
import { type EngineOptions, settingsOf } from './options.js'

const any: Schema = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } }
const step = createStep({ id: 'a', inputSchema: any, outputSchema: any, execute: () => 1 })
const workflow = createWorkflow({ id: 'w', inputSchema: any, outputSchema: any }).then(step).commit()

const settings = (options: object) =>
  settingsOf({ workflows: [workflow], ...options } as EngineOptions, { takes: () => true })

function fieldOf(options: object): string | undefined {
  try {
    settings(options)
  } catch (error) {
    return isWorkflowError(error, 'WF_INVALID_OPTION') ? error.field : String(error)
  }
  return undefined
}

const storage = { contract: STORAGE_CONTRACT }

describe('options of an engine', () => {
  it('that are wrong are refused by their names', () => {
    const wrong: Readonly<Record<string, readonly unknown[]>> = {
      workflows: [undefined, null, [step], [{}]],
      storage: ['memory', {}, { contract: 2 }, []],
      durability: ['always', 1],
      namespace: ['', 1],
      services: [1, []],
      secret: ['x'],
      secretsInValues: ['mask', true],
      redact: [['password'], {}],
      logger: [{}, { debug() {}, info() {}, warn() {} }],
      codec: [{}, { encode() {}, decode() {} }],
      clock: [{}, { now: () => 1 }, Date],
      leaseMs: [0, -1, 1.5, '1'],
      cacheRuns: [-1, 0.5, '1'],
      checkpointBytes: [0, -1],
      random: [1],
      newId: ['id'],
    }
    for (const [field, values] of Object.entries(wrong)) {
      for (const value of values) expect([field, fieldOf({ [field]: value })]).toEqual([field, field])
    }
  })

  it('need a storage for anything that is to be kept', () => {
    expect(fieldOf({ durability: 'step' })).toBe('storage')
    expect(fieldOf({ durability: 'exit' })).toBe('storage')
    expect(fieldOf({ durability: 'none' })).toBe(undefined)
  })

  it('have defaults that fit what was given', () => {
    expect(settings({})).toMatchObject({
      storage: undefined,
      durability: 'none',
      namespace: 'default',
      leaseMs: 30_000,
    })
    expect(settings({ storage })).toMatchObject({ storage, durability: 'step' })
    expect(settings({ storage, durability: 'exit' })).toMatchObject({ storage, durability: 'exit' })
    expect(settings({ storage, durability: 'none' })).toMatchObject({ storage, durability: 'none' })
    expect(settings({ cacheRuns: 0 }).cacheRuns).toBe(0)
  })

  it('may be left out altogether only by mistake', () => {
    expect(() => settingsOf(undefined as unknown as EngineOptions, { takes: () => true })).toThrow(
      /options of the engine/,
    )
  })
})
