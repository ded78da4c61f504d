/** Going on at another place of a run, with `timeTravel`. */
export const timeTravelBehaviours = {
  'time-travel.reruns':
    'The step that is named and what follows it run again; what precedes it is kept and does not run.',
  'time-travel.from-failure':
    'A run that failed goes on at the step that failed, or at any before it, and may succeed.',
  'time-travel.from-any-end': 'Runs that were canceled, are suspended or paused can travel as well.',
  'time-travel.input': 'What the step gets is `inputData`, or else what precedes it came to.',
  'time-travel.fresh':
    'A run that was never started may begin with a travel: steps before the place of which nothing is known count as done with `{}`, the last of them with `inputData`.',
  'time-travel.given-results': '`context` gives results of steps before the place, instead of those that are recorded.',
  'time-travel.given-records':
    'The `steps` of another result can be given as they are; what is not before the place is dropped.',
  'time-travel.unknown-before':
    'A workflow of which something is recorded is not entered behind a step of which nothing is: the refusal names such steps.',
  'time-travel.given-nested-results':
    '`nestedStepsContext` gives results of steps of a nested workflow on the way, by its id.',
  'time-travel.stands-in': 'A step before the place that had failed counts as done.',
  'time-travel.state': 'The state is kept, or replaced by `initialState`.',
  'time-travel.request-context': 'Keys of a given request context are put over the recorded ones.',
  'time-travel.resume-data': 'With `resumeData` the step is entered as one that is resumed.',
  'time-travel.suspends': 'What runs again may suspend, and is resumed as ever.',
  'time-travel.per-step': 'With `perStep` that step alone runs, then the run pauses; it goes on as ever.',
  'time-travel.path': 'The steps that run again are added to `stepExecutionPath`.',
  'time-travel.parallel':
    'Any member of a parallel can be gone to: it alone runs again; the others keep what they came to.',
  'time-travel.parallel-open': 'Members beside it that had not succeeded run again too; suspended ones stay suspended.',
  'time-travel.branch': 'An arm that had run runs again alone; conditions are not asked.',
  'time-travel.branch-other': 'An arm that was not taken is taken instead of those that were.',
  'time-travel.loop': 'A loop is entered at its first iteration, or at the one that is named.',
  'time-travel.foreach-missing': 'A foreach that failed runs only the items that had not succeeded.',
  'time-travel.foreach-again': 'A foreach that had succeeded runs all of its items again.',
  'time-travel.foreach-index': 'With `forEachIndex` that item alone runs again.',
  'time-travel.nested': 'Steps of nested workflows can be gone to at any depth; what precedes them there is kept.',
  'time-travel.nested-whole': 'A nested workflow that is named runs again as a whole.',
  'time-travel.targets':
    'The step is named as for `resume`: itself, its id, a dotted text, or a list from the outermost inwards.',
  'time-travel.elsewhere': 'Another process can let a run travel.',
  'time-travel.again': 'A run may travel any number of times; each time it ends once more.',
  'time-travel.earlier': 'How a run had ended before it travelled can still be read.',
  'time-travel.callbacks': '`onStart` is not called for a travel; `onFinish` is called for each end.',
  'time-travel.key': 'The idempotency key of a step that runs again differs from the one before.',
  'time-travel.running': 'A run that is running refuses, and so does one whose callback is.',
  'time-travel.unknown': 'A step, item or iteration that is not there is refused with what is; the run stays as it is.',
  'time-travel.misfit': 'Input or resume data that does not fit is refused; the run stays as it is.',
  'time-travel.once': 'Of two travels at one moment one wins, the other is refused.',
  'time-travel.lists': 'A run that travels is told as running in lists, and as what it ends with after that.',
} as const
