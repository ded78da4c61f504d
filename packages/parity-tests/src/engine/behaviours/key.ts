/** Runs whose id is made from a key of the caller's. */
export const keyBehaviours = {
  'key.same-run': 'The same key of the same workflow means the same run, in any process.',
  'key.other-run': 'Another key, another workflow or another namespace means another run.',
  'key.any-text': 'A key may be any text.',
  'key.once': 'Of starts with one key, from any number of processes, one executes; the others are refused or attach.',
  'key.attach':
    'An attached start gets the result of the first one: while it runs, when it rests, when it has ended, from elsewhere.',
  'key.attach-other-input':
    'It does so whatever input it brings; the result says with which input the run was started.',
  'key.first-options': 'What the run was made with first holds: its resource and tags.',
  'key.deleted': 'A key is free again once its run is deleted.',
  'key.or-id': 'A key that is no text, or a key beside a run id, is refused by its name.',
} as const
