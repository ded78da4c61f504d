import type { FieldCase } from './field-case.js'

/** Whose a run is, and what becomes of it when that process is gone. */
export const ownershipCases: readonly FieldCase[] = [
  {
    number: 24,
    situation: 'A body takes longer than the lease of its process: the lease is kept, and the body runs once.',
    scenarios: ['recovery.a-body-that-takes-its-time', 'recovery.restart-while-it-lives'],
    rules: ['storage.session.renewed'],
    tests: [
      [
        'packages/parity-tests/test/simulator/ownership.test.ts',
        'runs once among processes that look all the time and get the hint again and again (cases 24, 36)',
      ],
    ],
  },
  {
    number: 25,
    situation:
      'A hint comes again because nobody heard that it was taken, while another process claims what it is about: whoever claimed first keeps it, and nothing runs twice.',
    tests: [['packages/parity-tests/test/simulator/redelivery.test.ts', 'lets who claimed it first keep it']],
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
    number: 27,
    situation:
      'A run cannot be taken up by anybody, or kills whoever runs it: its hints come a few times only, sweeps go on looking and say why, others are not held up, and a body that kills is given up with that cause.',
    scenarios: ['recovery.a-body-that-kills'],
    tests: [
      [
        'packages/engine-evented/test/poison.test.ts',
        'has its hints taken a few times, is left to the sweeps, and goes on once it can',
      ],
      [
        'packages/engine-evented/test/poison.test.ts',
        'is taken for what it is when its journal holds what is no journal, and keeps nobody from others (case 27)',
      ],
      [
        'packages/parity-tests/test/simulator/ownership.test.ts',
        'is found out after a bounded number of deaths, and fails with its cause',
      ],
      ['packages/engine-evented/test/child-processes.test.ts', 'is found out when a body of a step kills it each time'],
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
    number: 30,
    situation:
      'A process dies that holds a claim, and the storage goes away during the takeover: once it is back, the claim is taken over, and once.',
    tests: [
      ['packages/parity-tests/test/simulator/ownership.test.ts', 'any call of the takeover, and comes back (case 30)'],
    ],
  },
  {
    number: 31,
    situation:
      'A process drains while what it gives back is offered again: it takes nothing of that, the next life of its host does, and nothing runs twice at once.',
    scenarios: ['recovery.given-back-at-a-close', 'recovery.closed-when-time-is-over'],
    tests: [
      [
        'packages/engine-evented/test/draining.test.ts',
        'takes back nothing that is offered again meanwhile, which the next life of its host does',
      ],
      [
        'packages/engine-evented/test/draining.test.ts',
        'gives back what it has claimed when several drain one after the other, and nothing runs twice at once (case 31)',
      ],
      [
        'packages/engine-evented/test/child-processes.test.ts',
        'aborts what takes longer and gives it back: another one begins it, though the lease has an hour to go',
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
    tests: [
      ['packages/parity-tests/test/simulator/ownership.test.ts', 'is taken over once by many that look at one moment'],
    ],
  },
  {
    number: 34,
    situation:
      'A hint is taken, but its run is busy, was read too early, or finds no room: the run waits for the next free place, and no longer.',
    rules: ['storage.load.at-least'],
    tests: [
      [
        'packages/parity-tests/test/simulator/skipped-hints.test.ts',
        'leaves no run waiting longer than for the next free place',
      ],
      [
        'packages/engine-evented/test/queue.test.ts',
        'goes through a queue of which it got no hint without a pause, and never has more at once than it may',
      ],
    ],
  },
  {
    number: 35,
    situation:
      'A run is started under an idempotency key, and the answer or the hint is lost: the run does not strand, and a second start attaches to it.',
    scenarios: ['key.of-a-process-that-is-gone', 'key.two-processes-at-one-moment'],
    tests: [
      [
        'packages/parity-tests/test/simulator/starting.test.ts',
        'does not strand when its process is killed on the way',
      ],
      [
        'packages/parity-tests/test/simulator/starting.test.ts',
        'is one run whose answer was lost, and the second start attaches',
      ],
    ],
  },
  {
    number: 36,
    situation: 'A step that runs is offered again, or found by a sweep: its body does not run beside itself.',
    scenarios: ['recovery.a-body-that-takes-its-time'],
    tests: [
      [
        'packages/parity-tests/test/simulator/ownership.test.ts',
        'runs once among processes that look all the time and get the hint again and again (cases 24, 36)',
      ],
      [
        'packages/engine-evented/test/strangers.test.ts',
        'takes a hint that comes many times, late and out of order as one',
      ],
    ],
  },
  {
    number: 37,
    situation: 'Members race, or one of them fails: the others run once, however many processes there are.',
    scenarios: ['parallel.failure-beside-a-slow-member', 'parallel.sibling-of-a-failure', 'bail.several-items'],
    tests: [
      ['packages/engine-evented/test/siblings.test.ts', 'run once each'],
      ['packages/engine-evented/test/siblings.test.ts', 'run once each, and nothing behind them does'],
    ],
  },
  {
    number: 38,
    situation: 'A process is lost in a later attempt: the attempt that follows counts on, and does not begin anew.',
    scenarios: ['recovery.a-retry-that-comes-due', 'recovery.lost-before-a-retry', 'retry.delay-over-a-restart'],
    tests: [
      [
        'packages/parity-tests/test/simulator/ownership.test.ts',
        'is followed by one that counts on, whoever makes it (case 38)',
      ],
    ],
  },
  {
    number: 39,
    situation:
      'The clock of a process is a day off, or is set: it takes over no living claim, loses none of its own, and ends no wait early.',
    rules: ['storage.session.own-time', 'storage.session.clock-back', 'storage.due.not-early'],
    tests: [
      ['packages/parity-tests/test/simulator/ownership.test.ts', 'takes over nothing that is claimed'],
      ['packages/parity-tests/test/simulator/ownership.test.ts', 'keeps its session and what it runs'],
      ['packages/parity-tests/test/simulator/ownership.test.ts', 'ends no sleep, retry or timeout early'],
    ],
  },
]
