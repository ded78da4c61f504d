import type { FieldCase } from './field-case.js'

/** Suspending, and going on. */
export const resumingCases: readonly FieldCase[] = [
  {
    number: 1,
    situation:
      'Several callers resume one suspension at one moment: one wins, the others learn of the conflict, and what follows runs once.',
    scenarios: [
      'resume.two-at-one-moment',
      'resume.ten-at-one-moment',
      'resume.held-up-in-its-schema',
      'recovery.resumed-by-two-processes',
      'foreach.one-item-resumed-twice',
    ],
  },
  {
    number: 2,
    situation: 'A member is resumed while another still runs: what is finished stays finished when the other one ends.',
    scenarios: [
      'parallel.suspended-beside-a-running-member',
      'parallel.resumed-beside-a-running-member',
      'resume.beside-a-running-sibling',
      'inner.resumed-beside-a-running-member',
      'foreach.resumed-beside-a-running-item',
    ],
  },
  {
    number: 3,
    situation: 'Several members are suspended: all are listed, and the block ends once each of them was resumed.',
    scenarios: [
      'parallel.two-suspended',
      'parallel.one-after-the-other',
      'branch.two-suspended',
      'inner.two-suspended-in-a-parallel',
    ],
  },
  {
    number: 4,
    situation:
      'Several items are suspended: an index, a label or neither picks who is resumed, and the concurrency is what it was.',
    scenarios: [
      'foreach.resumed-by-index',
      'foreach.resumed-by-label',
      'foreach.resumed-all-at-once',
      'foreach.concurrency-computed-once',
      'foreach.many-resumed-few-at-once',
      'resume.one-step-of-one-item',
    ],
  },
  {
    number: 5,
    situation: 'One item is resumed: the others keep what they gave to `suspend`.',
    scenarios: ['foreach.resumed-one-then-the-rest', 'foreach.suspended-over-restarts', 'foreach.suspends-twice'],
  },
  {
    number: 6,
    situation: 'Somebody writes from an old view of a run: an item that has finished meanwhile stays finished.',
    scenarios: [
      'foreach.resumed-at-one-moment',
      'foreach.process-lost-in-several-items',
      'parallel.process-lost-in-a-member',
    ],
    rules: ['storage.base.stale-writes-nothing', 'storage.commit.one-winner-based'],
  },
  {
    number: 7,
    situation: 'The body of a loop suspends: the iteration after the resume begins without its data.',
    scenarios: [
      'loop.asks-three-times',
      'loop.asks-over-restarts',
      'loop.workflow-that-asks',
      'loop.flow-that-asks',
      'loop.parallel-that-asks',
    ],
  },
  {
    number: 8,
    situation: 'A step suspends three workflows deep: the path that the result tells is one that `resume` takes.',
    scenarios: [
      'inner.suspended-three-levels-deep',
      'inner.all-ways-to-the-leaf',
      'suspend.three-levels-deep',
      'inner.blocks-between-the-workflows',
    ],
  },
  {
    number: 9,
    situation: 'A step behind a map suspends: when it is resumed its input is still what the map made.',
    scenarios: ['map.before-a-suspended-step', 'resume.behind-a-map'],
  },
  {
    number: 10,
    situation: 'An item bails beside others: its value is the result, and no further item begins.',
    scenarios: [
      'bail.in-a-foreach',
      'bail.beside-items-in-flight',
      'bail.several-items',
      'bail.beside-a-suspended-item',
      'bail.resumed-item-beside-a-bail',
    ],
  },
  {
    number: 11,
    situation: 'A foreach is given an empty list: it gives one, and the run goes on.',
    scenarios: ['foreach.no-items'],
  },
  {
    number: 12,
    situation: 'An iteration or item sets state: the next one sees it, also when a resume lies in between.',
    scenarios: [
      'shared-state.of-a-loop',
      'loop.state-between-iterations',
      'shared-state.items-one-at-a-time',
      'shared-state.items-over-a-suspension',
    ],
  },
  {
    number: 13,
    situation: 'Resume data does not fit its schema: the call is refused, and the run can still be resumed.',
    scenarios: [
      'validation.resume-data-rejects-the-call',
      'resume.data-that-does-not-fit',
      'resume.data-of-nested-steps-is-checked',
    ],
  },
  {
    number: 14,
    situation: 'What is resumed has ended, runs, or does not exist: each has an error of its own that says so.',
    scenarios: [
      'resume.after-the-end',
      'resume.while-running',
      'resume.nobody-knows-it',
      'resume.names-that-lead-nowhere',
      'resume.index-out-of-range',
      'parallel.resumed-twice',
    ],
  },
  {
    number: 15,
    situation: 'A suspended run is canceled: it cannot be resumed any more.',
    scenarios: ['cancel.a-suspended-run', 'inner.cancel-while-suspended', 'resume.after-the-end'],
  },
]
