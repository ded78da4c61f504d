import type { FieldCase } from './field-case.js'

/** Whose a run is, and what becomes of it when that process is gone. */
export const ownershipCases: readonly FieldCase[] = [
  {
    number: 24,
    situation: 'A body takes longer than the lease of its process: the lease is kept, and the body runs once.',
    scenarios: ['recovery.a-body-that-takes-its-time', 'recovery.restart-while-it-lives'],
    rules: ['storage.session.renewed'],
  },
  {
    number: 26,
    situation: 'A hint comes many times, late, and after the run has ended: what it is about is done once.',
    tests: [
      [
        'packages/engine-evented/test/strangers.test.ts',
        'takes a hint that comes many times, late and out of order as one',
      ],
    ],
  },
  {
    number: 28,
    situation:
      'The connection to the pub/sub dies before it has accepted a hint: the hint is offered again, and nothing is lost.',
    tests: [
      [
        'packages/engine-evented/test/away.test.ts',
        'offers hints again that the pub/sub would not have once: nothing is lost (case 28)',
      ],
    ],
  },
  {
    number: 29,
    situation: 'The storage is busy while a hint is worked on: the run is taken up all the same.',
    tests: [
      [
        'packages/engine-evented/test/away.test.ts',
        'takes up a run whose storage is busy while the hint is there: nothing is dropped (case 29)',
      ],
    ],
  },
  {
    number: 32,
    situation:
      'Somebody wants to take over a run that is in good hands, or has ended meanwhile: nothing of it runs a second time.',
    scenarios: [
      'recovery.restart-while-it-lives',
      'recovery.restart-of-what-has-ended',
      'recovery.a-body-that-takes-its-time',
    ],
    rules: ['storage.due.ended'],
  },
  {
    number: 33,
    situation: 'Several processes take over one run at one moment: one does, and everybody learns of the same end.',
    scenarios: [
      'recovery.restarted-by-two-processes',
      'recovery.two-look-at-one-moment',
      'recovery.two-look-at-sleeps-at-one-moment',
    ],
    rules: ['storage.due.one-caller'],
  },
  {
    number: 38,
    situation: 'A process is lost in a later attempt: the attempt that follows counts on, and does not begin anew.',
    scenarios: ['recovery.a-retry-that-comes-due', 'recovery.lost-before-a-retry', 'retry.delay-over-a-restart'],
  },
]
