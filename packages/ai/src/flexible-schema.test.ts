import { expect, it } from 'vitest'
import { z } from 'zod'
import { standardSchema } from './flexible-schema.js'

const ask = (given: unknown, value: unknown) => standardSchema(given)?.['~standard'].validate(value)

it('schemas that speak the standard stay what they are', () => {
  const schema = z.number()
  expect(standardSchema(schema)).toBe(schema)
  expect(standardSchema(() => schema)).toBe(schema)
})

it('schemas of the SDK are asked by their own function', async () => {
  const validate = (value: unknown) =>
    value === 1 ? { success: true, value: 'one' } : { success: false, error: new Error('not one') }
  for (const given of [{ jsonSchema: {}, validate }, () => ({ jsonSchema: {}, validate })]) {
    expect(await ask(given, 1)).toEqual({ value: 'one' })
    expect(await ask(given, 2)).toEqual({ issues: [{ message: 'not one' }] })
  }
  expect(await ask({ jsonSchema: {} }, 2)).toEqual({ value: 2 })
})

it('what is none is none', () => {
  for (const given of [undefined, null, 5, {}, () => 5]) expect(standardSchema(given)).toBe(undefined)
})
