/** Ids are texts of the user's: no engine or storage takes a character in them for its own. */
export const idBehaviours = {
  'ids.steps':
    'A step may have any text as its id: any script, any length, dots, slashes, quotes, names of built-in properties.',
  'ids.members': 'So may the members of a block, whose outputs stand under their ids.',
  'ids.workflows': 'A workflow may have any text as its id, also as a nested one.',
  'ids.runs': 'A run may have any text as its id, and is found, listed, explained, resumed and deleted by it.',
  'ids.rest': 'So may resource ids, tags, labels and namespaces.',
  'ids.exact': 'Ids that look alike but differ in a character are different ids.',
  'ids.apart': 'What joins a namespace and an id cannot be imitated by either.',
  'ids.pollute-nothing': 'No id reaches a prototype.',
} as const
