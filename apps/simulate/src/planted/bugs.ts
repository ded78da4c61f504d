/** One text of a source file in place of another. */
export interface Change {
  /** From the root of the repository. */
  readonly file: string
  /** It is there once. */
  readonly find: string
  readonly put: string
}

/** A bug as somebody might make it, to see whether the simulator finds it. */
export interface Bug {
  readonly id: string
  /** What goes wrong. */
  readonly says: string
  readonly changes: readonly Change[]
}

const machine = (file: string): string => `packages/core/src/machine/${file}`
const driver = (file: string): string => `packages/core/src/driver/${file}`
const memory = (file: string): string => `packages/storage-memory/src/${file}`

export const bugs: readonly Bug[] = [
  {
    id: 'ack-before-commit',
    says: 'Who sends an event, asks at a gate or puts a schedule is answered before that is stored.',
    changes: [
      {
        file: 'packages/core/src/keeper/kept-journal.ts',
        find: '(await this.store(asked, written, moment))',
        put: '(this.store(asked, written, moment).catch(() => undefined), true)',
      },
    ],
  },
  {
    id: 'missing-fence',
    says: 'What a body came to is taken from whoever began it, also when somebody else has taken over.',
    changes: [
      {
        file: machine('claim.ts'),
        find: 'activity?.claim && activity.claim.ref === claim ? activity : undefined',
        put: 'activity?.claim && claim !== undefined ? activity : undefined',
      },
    ],
  },
  {
    id: 'lost-wake-up',
    says: 'While somebody works on a run, nobody is to look after it.',
    changes: [
      {
        file: driver('header.ts'),
        find: 'if (isWorkedOn(fold)) return leased(',
        put: 'if (isWorkedOn(fold)) return told.wakeAt === null ? [{}, null] : [{ wakeInMs: null }, null]\n  if (isAsking(fold)) return leased(',
      },
    ],
  },
  {
    id: 'non-atomic-commit',
    says: 'A commit that is refused because others were faster has written its header.',
    changes: [
      {
        file: memory('commit.ts'),
        find: 'const missed = commitsBetween(journal, given.version)\n',
        put: 'const missed = commitsBetween(journal, given.version)\n  applyHeader(shelf, journal, commit)\n',
      },
    ],
  },
  {
    id: 'commit-applied-twice',
    says: 'A commit that is repeated, because its answer was lost, is written once more.',
    changes: [
      {
        file: memory('commit.ts'),
        find: 'if (first !== undefined) return first\n',
        put: 'if (first !== undefined) return land(shelf, journal, { commit, given, now })\n',
      },
    ],
  },
  {
    id: 'clock-of-the-worker',
    says: 'A timer goes by the clock of whoever looks at it.',
    changes: [
      {
        file: machine('turn.ts'),
        find: 'if (!Number.isNaN(this.stamp.at)) return dueAt(due) <= this.stamp.at\n    this.assumed.push(due)',
        put: '',
      },
      {
        file: driver('turn-time.ts'),
        find: 'fold.skewMs = driver.skewMs',
        put: 'fold.skewMs = 0',
      },
    ],
  },
  {
    id: 'foreach-resume-off-by-one',
    says: 'When an item of a foreach is resumed, the next one that was not begun is passed over.',
    changes: [
      {
        file: machine('kinds/foreach.ts'),
        find: "turn.undo.set(frame, 'halted', hasStopped(frame))\n    take(turn, frame)",
        put: "turn.undo.set(frame, 'halted', hasStopped(frame))\n    turn.undo.set(frame, 'position', frame.position + 1)\n    take(turn, frame)",
      },
    ],
  },
  {
    id: 'claim-not-superseded',
    says: 'Whoever takes over from a process that is gone does not get its claim.',
    changes: [
      {
        file: machine('claim.ts'),
        find: "undo.set(activity, 'claim', { ref,",
        put: "if (!activity.claim) undo.set(activity, 'claim', { ref,",
      },
    ],
  },
  {
    id: 'callback-lost',
    says: 'When a run has ended, nobody looks whether its callbacks were made.',
    changes: [
      {
        file: driver('header.ts'),
        find: '  const { state } = fold\n  if (when.leaves',
        put: "  const { state } = fold\n  if (state.phase === 'ended') return [{ wakeInMs: null }, null]\n  if (when.leaves",
      },
    ],
  },
  {
    id: 'checkpoint-older-than-its-tail',
    says: 'What is read behind a checkpoint leaves out the first commit.',
    changes: [
      {
        file: memory('load.ts'),
        find: 'const from = checkpoint?.head.version ?? after',
        put: 'const from = checkpoint ? checkpoint.head.version + 1 : after',
      },
    ],
  },
  {
    id: 'state-by-arrival',
    says: 'Of two steps beside each other that set one key, the one that ends last wins.',
    changes: [
      {
        file: machine('overlay.ts'),
        find: 'if (!there || there.by < written.by) turn.undo',
        put: 'turn.undo',
      },
    ],
  },
  {
    id: 'resume-after-the-end',
    says: 'Who resumes a run that has ended is not refused.',
    changes: [
      {
        file: 'packages/core/src/run/target.ts',
        find: 'if (suspended.length === 0) throw',
        put: "if (suspended.length === 0 && state.phase === 'ended') return []\n  if (suspended.length === 0) throw",
      },
      {
        file: 'packages/core/src/run/go-on.ts',
        find: 'if (!(await live().write(() => [fact], waiter))) throw',
        put: 'if (!(await live().write(() => [fact], waiter)) && plan.continues) throw',
      },
    ],
  },
  {
    id: 'sibling-suspended-again',
    says: 'When a step is resumed, those that were resumed before and are over are suspended again.',
    changes: [
      {
        file: machine('resume.ts'),
        find: '  wake(turn, activity.frame, resume)\n',
        put: `  wake(turn, activity.frame, resume)
  for (const [id, record] of activity.frame.scope.results)
    if (record.resume && record.status === 'success')
      undo.put(activity.frame.scope.results, id, { ...record, status: 'suspended' })
`,
      },
    ],
  },
  {
    id: 'hold-never-released',
    says: 'What was handed out once is not handed out again, whatever became of who got it.',
    changes: [
      {
        file: memory('due.ts'),
        find: 'journal.wakeAt = now + query.holdMs\n',
        put: 'journal.wakeAt = null\n',
      },
    ],
  },
]
