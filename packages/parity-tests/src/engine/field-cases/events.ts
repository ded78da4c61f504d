import type { FieldCase } from './field-case.js'

/** Events, and waiting for them. */
export const eventCases: readonly FieldCase[] = [
  {
    number: 16,
    situation: 'An event is sent before anybody waits for it: it is delivered to the wait that comes.',
    scenarios: ['event.sent-before-the-wait', 'event.none-in-time'],
  },
  {
    number: 17,
    situation: 'A wait gives up: the next wait for the same name gets the next event.',
    scenarios: ['event.null-in-time', 'event.none-in-time'],
  },
  {
    number: 18,
    situation:
      'A wait loses, to a resume, a cancel or the end of its block: it is torn down, and takes no event from others.',
    scenarios: ['event.resumed-by-hand-first', 'event.of-a-canceled-run', 'event.and-a-resume-at-one-moment'],
    tests: [
      ['packages/core/src/machine/suspended-wait.test.ts', 'goes with a block that ends on the suspension'],
      ['packages/core/src/machine/kinds/wait-for-event.test.ts', 'goes with a workflow whose time is up'],
    ],
  },
  {
    number: 19,
    situation:
      'A process dies between recording a wait and making it known, or its time: both are found and made good.',
    scenarios: ['event.wait-of-a-lost-process', 'event.none-in-time-over-a-restart'],
    tests: [
      [
        'packages/engine-default/test/events.test.ts',
        'is placed again by others, at the latest when the lease is over',
      ],
    ],
  },
  {
    number: 20,
    situation: 'A step or a run with a limit of time is suspended: the time stands still meanwhile.',
    scenarios: [
      'event.suspended-longer-than-the-workflow-may-run',
      'timeout.step-that-is-suspended',
      'timeout.run-that-is-suspended',
      'timeout.run-that-was-suspended-too-late',
      'timeout.nested-workflow-that-is-suspended',
    ],
  },
  {
    number: 21,
    situation: 'An event comes between the decision to wait and the wait: it is delivered.',
    scenarios: ['event.sent-at-the-same-moment'],
    tests: [['packages/engine-default/test/events.test.ts', 'takes what was sent before']],
  },
  {
    number: 22,
    situation: 'An event is sent twice with one idempotency key: it is delivered once; with another key, twice.',
    scenarios: ['event.sent-twice'],
  },
  {
    number: 23,
    situation: 'A wait that has given up leaves nothing behind: no listener, no timer, no wait in a mailbox.',
    scenarios: ['event.null-in-time'],
    tests: [['packages/engine-default/test/events.test.ts', 'is left when its time is up or the run is canceled']],
  },
]
