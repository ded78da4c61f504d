import { tripWireIn } from './failures.js'
import { isRecord } from './is-record.js'

/** The TripWire that a tool has thrown, of which the SDK would tell the model. */
export const tripWireOf = (chunk: unknown) =>
  isRecord(chunk) && chunk.type === 'tool-error' ? tripWireIn(chunk.error) : undefined

/**
 * Breaks the stream off where a tool has thrown a TripWire. The SDK lets all that a model has come to pass through its
 * transforms before it asks the model again.
 */
const tripTransform = () =>
  new TransformStream({
    transform(chunk, controller) {
      const wire = tripWireOf(chunk)
      if (wire) controller.error(wire)
      else controller.enqueue(chunk)
    },
  })

/** That, ahead of the transforms that the step has given. */
export const transformsWith = (given: unknown): readonly unknown[] =>
  given === undefined ? [tripTransform] : [tripTransform, ...(Array.isArray(given) ? given : [given])]
