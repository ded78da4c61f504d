/** Steps one after the other, and what flows between them. */
export const sequenceBehaviours = {
  'sequence.order': 'Steps run one after the other, each with the output of the one before as its input.',
  'sequence.result': 'The output of the last step is the result of the run.',
  'sequence.stops-at-failure': 'A step that fails ends the run as failed; later steps do not run and have no record.',
  'sequence.empty-values': '`null` and `undefined` pass between steps unchanged.',
  'sequence.records':
    'The result keeps a record of every step that was entered, with its payload, output and times, and the input under `input`.',
  'sequence.execution-path': 'The execution path lists the steps of the outermost sequence as they were entered.',
  'sequence.one-after-the-other': 'A step begins after the one before has ended.',
  'sequence.once': 'When nothing fails every body runs once.',
  'sequence.any-body': 'A body may be async or not, and may return nothing.',
  'sequence.any-id': 'Ids may be of any characters and any length, and are found as they are in results.',
  'sequence.runs-apart': 'Runs of one workflow that are under way at the same time do not mix.',
  'sequence.workflows-apart': 'So do runs of different workflows whose steps have the same ids.',
  'sequence.one-step-in-several-places':
    'One step, under several ids or in several workflows, runs wherever it stands.',
  'sequence.long': 'A sequence may be long.',
  'sequence.found-later': 'What a run came to is found again, also in another process.',
  'sequence.goes-on-elsewhere': 'Another process goes on behind the last step that has ended.',
} as const
