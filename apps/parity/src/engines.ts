import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import type { CreateEngine } from '@wf/parity-tests'

/** Nothing gets lost here, so that nobody has to look for it often: years of sleep pass quickly. */
const LOOK_EVERY_MS = 2 * 3_600_000

const evented =
  (dispatch: 'local-first' | 'always-publish'): CreateEngine =>
  ({ storage, pubsub, ...options }) => {
    if (!storage || !pubsub) throw new TypeError('an evented engine needs a storage and a pub/sub')
    return createEventedEngine({
      ...options,
      storage,
      pubsub,
      dispatch,
      work: { everyMs: LOOK_EVERY_MS },
      drain: false,
    })
  }

export const engines = {
  default: createDefaultEngine,
  'local-first': evented('local-first'),
  'always-publish': evented('always-publish'),
} as const satisfies Record<string, CreateEngine>

export type EngineName = keyof typeof engines
