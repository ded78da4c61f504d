/** A body for every item of a list. */
export const foreachBehaviours = {
  'foreach.order': 'A foreach gives the outputs in the order of the items, whoever was faster.',
  'foreach.one-at-a-time': 'Without a concurrency the items run one after the other.',
  'foreach.concurrency': 'As many items run at once as the concurrency says, and never more.',
  'foreach.computed-concurrency':
    'A concurrency may be computed from the list, the input of the workflow, the state and the request context.',
  'foreach.computed-once': 'A computed concurrency is recorded, and not computed again by a resume or another process.',
  'foreach.unusable-concurrency': 'A computed concurrency that is no number from 1 on means one at a time.',
  'foreach.concurrency-throws':
    'A concurrency function that throws fails the run with an error that names the place, and no item runs.',
  'foreach.empty': 'An empty list gives an empty list, and the run goes on.',
  'foreach.empty-values': '`undefined`, `null` and other empty values are items and outputs like any other.',
  'foreach.not-a-list': 'Anything but a list fails the run with an error that names the foreach, and no item runs.',
  'foreach.index': 'An item is told its index.',
  'foreach.record': 'All items share one record under the id of the body, with the list as payload and the outputs.',
  'foreach.item-input': 'The schema of the body parses each item on its own; one that does not fit fails the run.',
  'foreach.failure': 'An item that fails fails the run with its error, and the record of the foreach keeps it.',
  'foreach.survives-restart':
    'Suspended and finished items are taken up by another process; finished ones do not run again.',
} as const
