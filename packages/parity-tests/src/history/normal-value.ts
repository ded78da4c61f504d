import { type Codec, type Encoded, encode, type ValueOwner } from '@wf/core'

/** Names that differ from run to run, and what stands for them; longer ones first. */
export type Names = readonly (readonly [name: string, stands: string])[]

/** Which of several runs was begun first is chance, so they are told apart only from the one that is told of. */
export function namesOf(runIds: readonly string[], own?: string): Names {
  const names = runIds.map((runId) => [runId, runId === own ? '<this run>' : '<a run>'] as const)
  return names.toSorted(([one], [other]) => other.length - one.length)
}

/**
 * What a recorded value says, as a text that is the same for the same content: without ids of runs, without the stacks of
 * errors, which tell of the engine, and with the keys of objects in the order of the alphabet: in a state that members of a
 * block have written, it is the order in which they ended. A value that this codec cannot read says only that.
 */
export async function normalValue(
  encoded: Encoded,
  { codec, owner, names }: { readonly codec: Codec; readonly owner: ValueOwner; readonly names: Names },
): Promise<string> {
  try {
    const value = await codec.decode(encoded, owner)
    normalise(value, new Set())
    const text = encode(value)
    return rename(typeof text === 'string' ? text : `bytes ${Buffer.from(text).toString('base64')}`, names)
  } catch {
    return 'unreadable'
  }
}

export function rename(text: string, names: Names): string {
  let renamed = text
  for (const [name, stands] of names) {
    renamed = renamed.replaceAll(JSON.stringify(name).slice(1, -1), stands)
  }
  return renamed
}

function normalise(value: unknown, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if (value instanceof Error) {
    Object.defineProperty(value, 'stack', { value: '', configurable: true, writable: true })
    normalise(value.cause, seen)
    if (value instanceof AggregateError) normalise(value.errors, seen)
  }
  const parts = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value)
  for (const part of parts) normalise(part, seen)
  if (Object.getPrototypeOf(value) === Object.prototype) sortKeys(value as Record<string, unknown>)
}

function sortKeys(object: Record<string, unknown>): void {
  for (const key of Object.keys(object).sort()) {
    const property = Object.getOwnPropertyDescriptor(object, key)
    delete object[key]
    if (property) Object.defineProperty(object, key, property)
  }
}
