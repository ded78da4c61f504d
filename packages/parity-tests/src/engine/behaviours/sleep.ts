/** Waiting for a time. */
export const sleepBehaviours = {
  'sleep.duration': 'A sleep lasts as long as it says; the next step begins after it.',
  'sleep.until': 'A sleep may last until a date.',
  'sleep.passes-input': 'What goes into a sleep comes out of it.',
  'sleep.function':
    'The duration, or the date, may be computed by a function, also an async one, when the sleep begins.',
  'sleep.function-context':
    'That function sees input, state, request context, run input and earlier results, with a retry count of -1.',
  'sleep.function-once': 'That function is asked once, also when another process takes the run over.',
  'sleep.function-sets-state': 'That function may set state, which the steps behind the sleep see.',
  'sleep.negative': 'A negative duration and a date in the past are over at once.',
  'sleep.sub-second': 'Durations count to the millisecond.',
  'sleep.throws': 'A function that throws fails the run with an error that names the sleep and keeps what was thrown.',
  'sleep.invalid':
    'A function that gives no number of milliseconds, or no valid date, fails the run with an error that names the sleep.',
  'sleep.definition':
    'A duration that is no number and a date that is not valid are refused when the workflow is defined.',
  'sleep.record':
    'A sleep has a record, `waiting` while it lasts and then `success` with its input as output, and stands in the execution path.',
  'sleep.ids': 'A sleep without an id is named after its workflow and its place among the sleeps.',
  'sleep.status': 'While nothing but sleeps is under way, the status of the run is `waiting`.',
  'sleep.status-beside-work': 'While a step runs beside a sleep, the status of the run is `running`.',
  'sleep.status-beside-suspension':
    'While a step is suspended beside a sleep, the run waits; it is suspended once the sleep is over.',
  'sleep.resume-beside': 'A step that is suspended beside a sleep can be resumed while it lasts.',
  'sleep.restart': 'Another process waits only for what is left of a sleep.',
  'sleep.overslept': 'A sleep whose time came while no process was there is over as soon as one takes the run up.',
  'sleep.long': 'Sleeps may last for years.',
  'sleep.cancel': 'Canceling ends a sleep at once; what follows it does not run.',
  'sleep.side-by-side': 'Sleeps in members of a parallel last side by side.',
  'sleep.in-a-loop': 'A sleep in a loop is slept in every iteration.',
  'sleep.in-a-foreach': 'A sleep in an item of a foreach keeps other items from nothing.',
  'sleep.nested': 'A sleep in a nested workflow makes the run wait.',
  'sleep.beside-failure': 'A sleep beside a member that fails is slept to its end; then the run fails.',
  'sleep.lost-function': 'A function that was being asked when its process was lost is asked by another one.',
  'sleep.why': 'Asked why a run waits, the engine names the sleep and when it ends.',
  'sleep.canceled-in-blocks': 'Canceling ends all sleeps, in whatever blocks and workflows they are.',
} as const
