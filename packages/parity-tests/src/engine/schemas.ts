import type { Schema } from '@wf/core'

type Checked<Value> =
  | { readonly value: Value }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly PropertyKey[] }[] }

const schema = <Input, Output = Input>(validate: (value: unknown) => Checked<Output>): Schema<Input, Output> => ({
  '~standard': {
    version: 1,
    vendor: 'wf-parity-tests',
    validate: validate as Schema<Input, Output>['~standard']['validate'],
  },
})

/** Takes everything as it is. Scenarios need no schema library, so that the suite depends on none. */
export const any = <Value = unknown>(): Schema<Value> => schema((value) => ({ value: value as Value }))

/** Takes numbers. */
export const number = (): Schema<number> =>
  schema((value) =>
    typeof value === 'number' ? { value } : { issues: [{ message: `expected a number, got ${typeof value}` }] },
  )

/** Takes objects whose named fields satisfy the given tests; everything else in them is dropped, as schema libraries do. */
export function fields<Value extends object>(
  tests: {
    readonly [Key in keyof Value]-?: (value: unknown) => boolean
  },
): Schema<Value> {
  return schema((value) => {
    if (typeof value !== 'object' || value === null) return { issues: [{ message: 'expected an object' }] }
    const given = value as Record<string, unknown>
    const names = Object.keys(tests) as (keyof Value & string)[]
    const wrong = names.filter((name) => !tests[name](given[name]))
    if (wrong.length > 0) return { issues: wrong.map((name) => ({ message: `${name} does not fit`, path: [name] })) }
    return {
      value: Object.fromEntries(names.filter((name) => name in given).map((name) => [name, given[name]])) as Value,
    }
  })
}

/** Changes what passes: a default, a transformation. */
export const transform = <Input, Output>(change: (value: Input) => Output): Schema<Input, Output> =>
  schema((value) => ({ value: change(value as Input) }))
