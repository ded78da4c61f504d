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
  {
    number: 53,
    situation:
      'One run is started from several places at one moment: it is executed once, and who attaches gets its result.',
    scenarios: [
      'start.five-at-one-moment',
      'start.attached-to-what-runs',
      'recovery.started-by-two-processes',
      'key.two-processes-at-one-moment',
    ],
    rules: ['storage.commit.one-winner-new'],
  },
  {
    number: 54,
    situation:
      'A process is lost before the first step, in a step, behind a change of state, in a sleep, in a nested workflow or in an arm: another one goes on just there.',
    scenarios: [
      'recovery.lost-before-the-first-step',
      'recovery.lost-in-the-middle-of-a-step',
      'recovery.lost-after-a-change-of-state',
      'recovery.lost-in-a-sleep',
      'recovery.lost-in-a-nested-workflow',
      'recovery.lost-in-an-arm',
      'branch.process-lost-in-a-condition',
      'recovery.lost-during-a-resume-with-falsy-data',
    ],
  },
  {
    number: 59,
    situation:
      'A process meets runs of workflows that it does not have, or has in another form: it leaves them to others.',
    scenarios: ['recovery.not-for-everybody'],
    rules: ['storage.due.serves-workflow', 'storage.due.serves-graph', 'storage.due.serves-nothing'],
  },
]
