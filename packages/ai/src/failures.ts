import { isTripWire, type TripWire } from '@wf/core'

/** What errors of the AI SDK and of others hide the one before them in, and where results keep what tools have thrown. */
const inner = ['cause', 'lastError', 'error', 'originalError'] as const
const lists = ['errors', 'steps', 'content'] as const

/** More than errors are wrapped, and agents come to. */
const MOST_LAYERS = 10_000

/** Something and all that it was made of, from the outside in. */
function* layersOf(outermost: unknown): Generator<object> {
  const layers = new Set<unknown>([outermost])
  for (const layer of layers) {
    if (typeof layer !== 'object' || layer === null || layers.size > MOST_LAYERS) continue
    yield layer
    for (const part of partsOf(layer)) layers.add(part)
  }
}

/** What throws when it is looked at holds nothing. */
function partsOf(layer: object): readonly unknown[] {
  const fields = layer as Readonly<Record<string, unknown>>
  try {
    return [
      ...inner.map((key) => fields[key]),
      ...lists.flatMap((key) => (Array.isArray(fields[key]) ? fields[key] : [])),
    ]
  } catch {
    return []
  }
}

/**
 * The TripWire that an error was made of, or that a tool has thrown in what an agent came to. For tools that ask other
 * agents: those tell their model of it, and go on.
 */
export function tripWireIn(given: unknown): TripWire | undefined {
  for (const layer of layersOf(given)) if (isTripWire(layer)) return layer
  return undefined
}

/**
 * What a step fails with: a TripWire comes out of whatever it was wrapped in, and what the AI SDK knows to be in vain is
 * not tried again. Instructions and conversation, which its errors carry, are not for everybody who is told of a failure.
 */
export function failureOf(error: unknown): unknown {
  const wire = tripWireIn(error)
  if (wire) return wire
  for (const layer of layersOf(error)) if (layer instanceof Error) Reflect.deleteProperty(layer, 'requestBodyValues')
  if (error instanceof Error && isInVain(error) && Object.isExtensible(error)) {
    return Object.assign(error, { nonRetryable: true })
  }
  return error
}

/** An error of an API says whether another call may bring more; one of several calls, what the last of them said. */
const isInVain = (error: Error): boolean => {
  const { lastError, isRetryable } = error as { readonly lastError?: unknown; readonly isRetryable?: unknown }
  return isRetryable === false || (lastError instanceof Error && isInVain(lastError))
}
