/** Runs that are started for a later moment. */
export const laterBehaviours = {
  'later.begins': 'A run may be started for a moment or after a delay: nothing of it begins earlier, then it does.',
  'later.recorded':
    'It is recorded at once, with input, state and request context, which are checked at once, and is waiting until then.',
  'later.past': 'A moment that is past, and no delay, mean at once.',
  'later.once': 'It counts as started: a second start is refused, one that attaches waits for its result.',
  'later.cancel': 'It may be canceled before its moment, and then nothing of it ever runs.',
  'later.elsewhere':
    'When its process is gone another one begins it at its moment, or as soon as it is taken up after that.',
  'later.time': 'The time that a run may take counts from when it begins.',
  'later.callback':
    'The first callback is made when it begins; if it throws, the run is as if it had not been started.',
  'later.why': '`runs.why` says that it waits for its start, and when that is.',
  'later.refused': 'What is neither a moment nor a delay is refused by its name, and so are both together.',
  'later.step-by-step': 'Begun later, it may pause after its first step as any other.',
} as const
