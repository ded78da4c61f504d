/** Runs that pause behind every step, with `perStep`. */
export const stepByStepBehaviours = {
  'step-by-step.pauses':
    'With `perStep` a run pauses once one step has ended; the result has what there is, and no outcome.',
  'step-by-step.continues': 'A resume that names nothing goes on: with `perStep` by one step, without it to the end.',
  'step-by-step.ends': 'The last step ends the run.',
  'step-by-step.outcomes': 'A failure, a bail or a tripwire ends the run as in any other.',
  'step-by-step.once': 'Every step runs once, however often the run pauses.',
  'step-by-step.parallel': 'One member of a parallel runs at a time, in the order of the block.',
  'step-by-step.branch': 'Conditions are asked once; then one arm that was taken runs at a time.',
  'step-by-step.nested': 'One step of a nested workflow runs at a time; its container goes on.',
  'step-by-step.container':
    'A workflow, loop or foreach that has only begun is recorded as paused while the run is; nothing in a paused run is running.',
  'step-by-step.loops':
    'Each iteration of a loop and each item of a foreach is a step; whether a loop goes on is asked when the run does.',
  'step-by-step.map-and-sleep': 'A map is a step, and so is a sleep, once it is over.',
  'step-by-step.retries': 'Retries belong to their step.',
  'step-by-step.suspends': 'A step that suspends suspends the run; a resume with `perStep` runs that step and pauses.',
  'step-by-step.suspended-beside': 'While it is paused, a suspended step stays so until a resume names it.',
  'step-by-step.callbacks': 'Callbacks are not made for a pause: `onStart` at the start, `onFinish` at the end.',
  'step-by-step.elsewhere': 'A paused run is paused in every process and in lists, and may go on in any.',
  'step-by-step.context': 'A request context that is given when a paused run goes on is there for the next steps.',
  'step-by-step.refusals':
    'A resume of a paused run that names what is not suspended, or brings data for nobody, is refused.',
  'step-by-step.one-continues': 'Of two that let a paused run go on at one moment one does, the other is refused.',
  'step-by-step.cancel': 'A paused run can be canceled.',
  'step-by-step.quiet': 'A paused run waits for somebody, not for time.',
} as const
