/** Values that somebody made by mistake or on purpose: each crosses, or is refused by one typed error; nothing else happens. */
export const hostileBehaviours = {
  'hostile.input':
    'Whatever is given as run input comes back equal, or `start` rejects with the place in the value and nothing has begun.',
  'hostile.output':
    'Whatever a step, map, item or bail gives comes back equal, or the step fails with its place in the value.',
  'hostile.state': 'Whatever is put into the state is seen as it was, or refused with its place.',
  'hostile.context': 'Whatever is put into the request context is seen as it was, or refused with its place.',
  'hostile.suspend': 'Whatever a step suspends with is seen as it was, or the step fails with its place.',
  'hostile.resume':
    'Whatever a run is resumed with is seen as it was, or refused with its place and the run stays suspended.',
  'hostile.parsed':
    'Whatever a schema makes is seen by the body as it was, or the step fails and the body does not run.',
  'hostile.thrown':
    'Whatever is thrown, anywhere, ends as an `Error` in the result; nothing hangs, nothing is unhandled.',
  'hostile.keys':
    'Any text is a key of the state, of the request context, of a value, and comes back letter for letter.',
  'hostile.unreadable':
    'An object of options that throws when it is looked at is refused like a value that cannot cross.',
  'hostile.awaited': 'A promise given as input or resume data is refused, not waited for.',
  'hostile.prototypes': 'No value changes a prototype, and runs that come later are as if it had never been sent.',
} as const
