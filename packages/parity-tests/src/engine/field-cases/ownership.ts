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
