/** What is refused, or kept, when a workflow is put together. */
export const definitionBehaviours = {
  'definition.one-id-once':
    'Two nodes of one workflow with one id are refused when it is committed, wherever they stand; the refusal names the id and both places.',
  'definition.own-ids': 'A nested workflow has ids of its own: they may be those of nodes around it.',
  'definition.reserved-id': 'The id `input` is refused for a node: it names the input of the run in results.',
  'definition.empty': 'A workflow without a node, and a block without a member, are refused.',
  'definition.no-step': 'What is neither a step nor a workflow is refused where it is given.',
  'definition.builders-stay':
    'A builder is never changed: two workflows may go on from one, and each has its own steps only.',
  'definition.closed': 'A committed workflow has its steps and its graph, and nothing can be added to it.',
} as const
