/** The request context on its way through a run. */
export const carriedContextBehaviours = {
  'carried-context.copy': 'Each attempt has a copy of its own; what the caller gave is not changed.',
  'carried-context.sequence': 'What one step sets, replaces or deletes is so for the steps behind it.',
  'carried-context.failed': 'What an attempt that failed has done to it is dropped, for retries and for callbacks.',
  'carried-context.turns': 'Iterations and items that begin later see what those before them have set.',
  'carried-context.suspended': 'What a step did to it before it suspended holds when it is resumed.',
  'carried-context.resume-wins': 'On a resume the keys that its caller gives win, and those not given are kept.',
  'carried-context.stays-deleted': 'A key that was deleted is not brought back by a resume that does not give it.',
  'carried-context.checked-again':
    'A request context that is given later has to fit the schema of the workflow together with what is recorded; a misfit is refused and changes nothing.',
  'carried-context.given-again': 'A key that was deleted is back when the caller of a resume gives it.',
  'carried-context.members': 'What members set is merged by key, also when another process finishes the block.',
  'carried-context.later-wins': 'Of two members that set the same key, the one that was recorded later wins.',
  'carried-context.functions': 'Functions of maps, conditions, sleeps and concurrencies may change it as steps do.',
} as const
