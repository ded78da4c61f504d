/** Members of a parallel run side by side. */
export const parallelBehaviours = {
  'parallel.input': 'Every member of a parallel gets the input of the block.',
  'parallel.together': 'The members of a parallel are under way at the same time.',
  'parallel.output':
    'A parallel gives an object with the output of each member, in the order in which they were written.',
  'parallel.named-members':
    'Members given as a record stand under their names in the output, and under their ids in the records.',
  'parallel.copies': 'Each member has a copy of the input of its own: what one does to it, the others do not see.',
  'parallel.empty-outputs': 'A member that gives `undefined` or `null` stands in the output with just that.',
  'parallel.failure-waits': 'When a member fails the others still run to their end; then the run fails with its error.',
  'parallel.first-failure':
    'When several members fail, the error of the first in the order of the block stands, whoever was faster.',
  'parallel.failure-outweighs-suspension': 'A parallel with a failed and a suspended member fails.',
  'parallel.fails-after-resume':
    'A member that fails after its resume fails the block, though others are still suspended.',
  'parallel.allow-failure':
    'With `allowFailure` a failed member gives `null`, the block succeeds, and the record keeps the failure.',
  'parallel.allow-failure-suspension':
    'A suspended member outweighs a failure that is allowed; resumed, the block succeeds.',
  'parallel.retries': 'A member is retried on its own; the others run once.',
  'parallel.suspensions': 'A run with several suspended members lists them all, each with its payload.',
  'parallel.waits-for-members': 'A suspended member does not suspend the run before the others have come to their end.',
  'parallel.ambiguous-resume':
    'While several members are suspended, a resume that names none is refused and names them.',
  'parallel.resume-one':
    'Resuming one member leaves the run suspended until the others are resumed too; finished members do not run again.',
  'parallel.resume-again':
    'A member that was resumed and has finished cannot be resumed again; the refusal lists what is suspended.',
  'parallel.resume-together': 'Different members may be resumed at the same moment.',
  'parallel.resume-while-running':
    'A suspended member can be resumed while others still run, and stays finished when they end.',
  'parallel.suspended-status': 'While one member is suspended and another runs, the run is running.',
  'parallel.recorded-at-once': 'A finished member is recorded while its siblings still run.',
  'parallel.survives-restart': 'What members have given is kept by another process; only what is missing runs there.',
  'parallel.lost-member': 'After a lost process, only the members that had not finished run again.',
  'parallel.state':
    'Members begin with the state as it was before the block; what they set is merged by key after it, later writes first.',
  'parallel.nested-workflows': 'Members may be workflows; paths to what is suspended in them begin with their ids.',
  'parallel.any-id': 'Ids and names of members may be any text, also such as `__proto__`.',
  'parallel.many': 'A parallel may have many members.',
  'parallel.siblings-go-on': 'A failure of one member does not abort the others.',
  'parallel.fails-beside-resumed': 'A member that fails while another is resumed fails the block once both have ended.',
} as const
