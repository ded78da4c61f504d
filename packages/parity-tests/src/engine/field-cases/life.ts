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
    tests: [
      [
        'packages/engine-evented/test/flow.test.ts',
        'aborts a body that runs in another process as soon as the hint of the cancel is there',
      ],
      [
        'packages/engine-evented/test/waiting.test.ts',
        'hears of a cancel by the journal alone when the pub/sub loses everything',
      ],
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
    tests: [
      [
        'packages/parity-tests/test/simulator/starting.test.ts',
        'of one run from five processes at one moment is one execution, and who attaches gets its result (case 53)',
      ],
    ],
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
    number: 55,
    situation:
      'A run travels to a member, an arm, an iteration, an item or a nested step: what follows is replaced, what precedes is kept, and the result looks like that of a fresh run.',
    scenarios: [
      'time-travel.middle-of-a-chain',
      'time-travel.member-of-a-parallel',
      'time-travel.arm-of-a-branch',
      'time-travel.into-a-loop',
      'time-travel.items-that-are-missing',
      'time-travel.step-of-a-nested-workflow',
      'time-travel.nested-in-items',
    ],
  },
  {
    number: 56,
    situation: 'A run that is running does not travel, nor does one whose callback is running.',
    scenarios: ['time-travel.of-a-running-run'],
  },
  {
    number: 57,
    situation:
      'A schedule is worked on by several processes, of which some are gone or begin anew, on the day on which the clocks are set: each slot is fired once.',
    scenarios: [
      'schedule.by-one-of-many-processes',
      'schedule.in-another-process-after-a-restart',
      'schedule.in-spring',
      'schedule.in-autumn',
    ],
    tests: [
      [
        'packages/parity-tests/test/engine/schedules.test.ts',
        'fire each slot once on the day on which the clocks are set, across restarts and a death (case 57)',
      ],
    ],
  },
  {
    number: 58,
    situation: 'Runs that ended long ago are removed: all of them goes, and nothing of any other.',
    scenarios: [
      'query.deleted-together',
      'query.deleted-by-id',
      'query.deleted-elsewhere',
      'offload.runs-that-are-deleted',
      'retention.an-hour',
      'retention.others-stay',
      'retention.callbacks-of-a-lost-process',
      'retention.nothing-left',
    ],
    rules: [
      'storage.delete.since',
      'storage.delete.sweeps-settled-only',
      'storage.delete.sweeps-ended-only',
      'storage.delete.own-shelf',
      'storage.delete.later-gone',
      'storage.delete.limit',
    ],
  },
  {
    number: 59,
    situation:
      'A process meets runs of workflows that it does not have, or has in another form: it leaves them to others.',
    scenarios: ['recovery.not-for-everybody', 'graph-change.left-to-others', 'graph-change.both-at-work'],
    rules: ['storage.due.serves-workflow', 'storage.due.serves-graph', 'storage.due.serves-nothing'],
    tests: [
      [
        'packages/engine-evented/test/declining.test.ts',
        'leaves runs of workflows that a worker does not have to those who have them (case 59)',
      ],
      [
        'packages/engine-evented/test/declining.test.ts',
        'lets a rolling deploy pass: each graph is run by those who have it, and nobody fails a run (case 59)',
      ],
    ],
  },
  {
    number: 60,
    situation:
      'Two copies of the package are loaded in one process: they know each other’s objects, or say that they cannot.',
    tests: [
      [
        'packages/engine-default/test/two-copies.test.ts',
        'run each other’s workflows, which suspend, resume and nest as their own',
      ],
      [
        'packages/engine-default/test/two-copies.test.ts',
        'know each other’s errors by their marks, also by `instanceof`',
      ],
      [
        'packages/engine-default/test/two-copies.test.ts',
        'refuse workflows of a release with another form, and say so',
      ],
      [
        'packages/engine-evented/test/two-copies.test.ts',
        'work on one storage and one pub/sub as two processes do, each with the objects of the other (case 60)',
      ],
    ],
  },
]
