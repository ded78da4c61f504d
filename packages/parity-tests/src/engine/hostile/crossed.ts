import { equal, fail, ok } from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { isWorkflowError, type WorkflowError } from '@wf/core'
import type { HostileValue } from './hostile-value.js'

/** Fails unless what came back is what has to come back. */
export function crossed({ name, make, gives, check, refused }: HostileValue, got: unknown): void {
  if (refused) fail(`${name} was not refused`)
  try {
    if (check) check(got)
    // Without the differences: of 200 KB they take minutes to tell.
    else ok(isDeepStrictEqual(got, (gives ?? make)()))
  } catch (cause) {
    throw new Error(`${name} came back as something else`, { cause })
  }
}

/** Fails unless the error is the one typed error, and names the place; `root` is where the value begins. */
export function turnedDown({ name, refused }: HostileValue, error: unknown, root: string): WorkflowError {
  if (!refused) throw new Error(`${name} was refused`, { cause: error })
  const { code, at } = refused
  if (!isWorkflowError(error, code)) throw new Error(`${name} was refused by something else`, { cause: error })
  const { field = 'no place', message } = error
  if (at === undefined) ok(field.startsWith(root), `${name}: ${field} is not in ${root}`)
  else equal(field, `${root}${at.slice(1)}`, name)
  ok(message.includes(`"${field}"`), `${name}: ${message}`)
  return error
}

const builtins = [Object, Array, Function, String, Map, Set, Date, RegExp, Error, Promise, Uint8Array, ArrayBuffer]

/** All that is on the prototypes that everybody shares. */
export function prototypes(): readonly unknown[] {
  return builtins.flatMap(({ prototype }) => {
    const own = Object.getOwnPropertyDescriptors(prototype) as Record<PropertyKey, PropertyDescriptor>
    return Reflect.ownKeys(own).flatMap((key) => [key, own[key]?.value, own[key]?.get])
  })
}

/** Fails when something was added to or replaced on a shared prototype since. */
export function unpolluted(before: readonly unknown[]): void {
  const now = prototypes()
  ok(
    now.length === before.length && now.every((one, index) => Object.is(one, before[index])),
    'a prototype was changed',
  )
}
