/** Steps one after the other, and what flows between them. */
export const sequenceBehaviours = {
  'sequence.order': 'Steps run one after the other, each with the output of the one before as its input.',
  'sequence.result': 'The output of the last step is the result of the run.',
  'sequence.stops-at-failure': 'A step that fails ends the run as failed; later steps do not run and have no record.',
  'sequence.empty-values': '`null` and `undefined` pass between steps unchanged.',
  'sequence.records':
    'The result keeps a record of every step that was entered, with its payload, output and times, and the input under `input`.',
} as const
