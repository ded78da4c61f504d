/** Steps and workflows under other ids. */
export const cloneBehaviours = {
  'clone.step': 'A clone of a step has the body, schemas, retries and time limit of the original, and its own id.',
  'clone.workflow':
    'A clone of a workflow has the graph, schemas, retry policy and callbacks of the original, and its own id.',
  'clone.original': 'Cloning changes nothing in the original; both may stand in one workflow or on one engine.',
  'clone.made-ids': 'Ids that were made from the id of a workflow are made from its new id in a clone.',
  'clone.apart': 'Runs, records and suspensions of an original and its clones are apart.',
} as const
