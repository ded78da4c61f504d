import type { Schema } from '@wf/core'
import { isRecord } from './is-record.js'

type Validated =
  | { readonly success: true; readonly value: unknown }
  | { readonly success: false; readonly error: Error }

interface SdkSchema {
  readonly jsonSchema: unknown
  readonly validate?: (value: unknown) => Validated | PromiseLike<Validated>
}

/**
 * A schema of a tool as a step takes it: one that speaks Standard Schema as it is, one that the AI SDK has made
 * (`jsonSchema()`, `zodSchema()`, or a function that gives one) by what it says of values. `undefined`: it is none.
 */
export function standardSchema(given: unknown): Schema | undefined {
  if (isStandard(given)) return given
  const made: unknown = typeof given === 'function' ? given() : given
  if (isStandard(made)) return made
  return isSdkSchema(made) ? fromSdk(made) : undefined
}

const isStandard = (value: unknown): value is Schema =>
  (typeof value === 'object' || typeof value === 'function') && value !== null && '~standard' in value

const isSdkSchema = (value: unknown): value is SdkSchema => isRecord(value) && 'jsonSchema' in value

const fromSdk = ({ validate }: SdkSchema): Schema => ({
  '~standard': {
    version: 1,
    vendor: '@wf/ai',
    async validate(value) {
      const validated = await validate?.(value)
      if (!validated) return { value }
      if (validated.success) return { value: validated.value }
      return { issues: [{ message: validated.error.message }] }
    },
  },
})
