import type { FieldCase } from './field-case.js'

/** Starting, stopping, and going on in another process. */
export const lifeCases: readonly FieldCase[] = [
  {
    number: 52,
    situation:
      'A run is canceled in a step, between steps, in a block, in a nested workflow or in a sleep: it ends as canceled, and what runs is told.',
    scenarios: [
      'cancel.while-a-step-runs',
      'cancel.a-busy-loop',
      'cancel.all-members',
      'cancel.three-levels-deep',
      'cancel.in-a-sleep',
      'cancel.in-a-retry-delay',
      'context.signal-of-a-cancel',
    ],
  },
]
