/** `onStart`, `onFinish` and `onError` of a workflow. */
export const callbackBehaviours = {
  'callback.start': '`onStart` is awaited before the first step.',
  'callback.start-context':
    '`onStart` is told run, workflow, resource, input, request context, state, services and logger.',
  'callback.start-once': '`onStart` is called once for a run, not when it is resumed or taken up by another process.',
  'callback.start-throws': 'An `onStart` that throws rejects `start` with its error; no step has run.',
  'callback.start-again': 'After that the run is pending as before, and can be started again with other values.',
  'callback.start-invalid': '`onStart` is not called when what was given to `start` does not fit.',
  'callback.finish': '`onFinish` is awaited before `start` or `resume` gives its result.',
  'callback.finish-context': '`onFinish` and `onError` are told fourteen things, the same whatever the outcome.',
  'callback.finish-values': 'What they are told of the outcome is what the result says.',
  'callback.finish-statuses': '`onFinish` is called for success, failure, tripwire, suspension and cancel.',
  'callback.finish-each-rest': '`onFinish` is called each time the run suspends, and once when it ends.',
  'callback.not-paused': 'No callback is called when a run pauses.',
  'callback.error': '`onError` is called for failure and tripwire only, after `onFinish`.',
  'callback.finish-throws':
    'What `onFinish` or `onError` throws is logged and changes nothing; the other one is called.',
  'callback.copies': 'What a callback does to what it is told changes nothing.',
  'callback.bailed': 'A run that ends early by a bail has finished with success.',
  'callback.nested': 'A nested workflow calls its own callbacks, at its own beginning and end.',
  'callback.nested-context':
    'They are told the input, steps and outcome of the nested workflow, and the run id of the run.',
  'callback.nested-order': 'They are awaited: what follows the nested workflow begins after them.',
  'callback.nested-start-throws': 'A nested `onStart` that throws fails the nested workflow; no step of it has run.',
  'callback.nested-finish-throws': 'What a nested `onFinish` or `onError` throws changes nothing.',
  'callback.nested-suspended': '`onFinish` of a nested workflow is also called each time all in it is suspended.',
  'callback.nested-items': 'Each item of a foreach that is a workflow, and each iteration, calls back on its own.',
  'callback.in-a-row': 'Callbacks may be async; the next one is called after the one before has ended.',
} as const
