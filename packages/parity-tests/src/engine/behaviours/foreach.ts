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
  'foreach.failure-stops':
    'From the first failure on no further item begins; those that are under way come to their end, and nothing after the foreach runs.',
  'foreach.first-failure': 'When several items fail, the error of the first by index stands, whoever was faster.',
  'foreach.failure-outweighs-suspension': 'A foreach with a failed and a suspended item fails.',
  'foreach.retries': 'An item is retried on its own.',
  'foreach.suspension':
    'An item that suspends suspends the run once the items under way have ended; no further item begins until a resume.',
  'foreach.suspended-path': 'However many items are suspended, the path of the body stands once in `suspended`.',
  'foreach.labels': 'Labels of suspended items lead to the body and the index, and go with their suspension.',
  'foreach.resume-by-index': 'A resume with an index resumes that item alone.',
  'foreach.resume-by-label': 'A resume with a label resumes the item that has set it, alone.',
  'foreach.resume-all': 'A resume without an index gives the same data to all items that are suspended.',
  'foreach.resume-one-by-one': 'Items may be resumed in any order; the outputs stay in the order of the items.',
  'foreach.resume-goes-on': 'After a resume items that had not begun begin, as long as there is room, and may suspend.',
  'foreach.resume-while-running': 'A suspended item can be resumed while another still runs.',
  'foreach.resume-together': 'Different items may be resumed at the same moment.',
  'foreach.resume-once': 'Of two resumes of the same item at the same moment one is refused.',
  'foreach.resume-unknown': 'An index or label of no suspended item is refused, and the run stays as it is.',
  'foreach.resume-within-concurrency':
    'Also when many items are resumed at once, no more run at once than the concurrency says.',
  'foreach.payloads-kept': 'Each item keeps what it gave to `suspend`, also while others are resumed.',
  'foreach.suspends-again': 'A resumed item may suspend again; the following resume reaches it with fresh data.',
  'foreach.survives-restart':
    'Suspended and finished items are taken up by another process; finished ones do not run again.',
  'foreach.lost-items': 'After a lost process only the items that had not finished run again.',
  'foreach.nested': 'Nested workflows as items work the same at any concurrency.',
  'foreach.nested-suspension':
    'Nested workflows that suspend as items have full paths, are resumed by index, label or all at once, and go on from where they were.',
  'foreach.within-foreach': 'A foreach may be the body of a foreach.',
  'foreach.in-blocks':
    'A foreach may stand in a flow in a parallel, a branch or a loop, and these in the body of a foreach.',
  'foreach.index-of-each':
    'Of foreaches in foreaches, `forEachIndex` takes one number each, from the outermost inwards.',
} as const
