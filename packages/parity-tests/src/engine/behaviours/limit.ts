/** How many runs of a workflow are under way at once, and how many start in a period. */
export const limitBehaviours = {
  'limit.concurrency':
    'No more runs of a workflow are under way at once than it says, in whichever processes; others wait.',
  'limit.order': 'Those that wait go on in the order in which they came.',
  'limit.priority': 'Among those that wait the higher priority goes first: of the start, or else of the workflow.',
  'limit.key': 'Runs of different keys do not count together, and none waits for those of another key.',
  'limit.waiting': 'A run that waits is recorded and `waiting`; nothing of it has begun, its first callback neither.',
  'limit.rest': 'A run that is suspended or paused has no place; when it goes on it waits for one.',
  'limit.sleep': 'A run that sleeps keeps its place.',
  'limit.end': 'However a run ends, also by a cancel or by its first callback, its place is free then.',
  'limit.cancel':
    'A run that waits may be canceled: it ends at once, nothing of it ever runs, and it is in nobody’s way.',
  'limit.later': 'A run that is started for a later moment takes no place before that.',
  'limit.travel': 'A time travel from a run that rests or has ended waits for a place.',
  'limit.rate': 'No more runs start within a period than the workflow says; others wait for their moment.',
  'limit.both': 'With both limits a run waits for both, whether their keys are the same or not.',
  'limit.lost':
    'When a process is lost, its runs keep their places until they are taken over; none is lost or doubled.',
  'limit.elsewhere': 'Who waits is let in when its own process is gone, by whichever process has made room.',
  'limit.nested': 'Inside another run the limits of a workflow do not count.',
  'limit.why': '`runs.why` says that a run waits for a limit, for which, and at which place.',
  'limit.refused': 'Limits and priorities that cannot be are refused by their name.',
  'limit.functions':
    'A key or priority function that throws, or gives what will not do, rejects the start: nothing has begun.',
} as const
