/** What is thrown, how it ends a run, and how it looks afterwards. */
export const errorBehaviours = {
  'error.fails-run': 'A body that throws fails its step and the run; `start` resolves and says so.',
  'error.is-error': 'The `error` of a failed run and that of its step are `Error`s, also in another process.',
  'error.message': 'An error keeps name, message and stack.',
  'error.cause': 'An error keeps its chain of causes, however long, in a circle, and whatever stands at its end.',
  'error.properties': 'An error keeps properties of its own, with whatever values can cross.',
  'error.subclass':
    'An error of a class of the language is one of that class again; one of any other class has the name of its own.',
  'error.own-kind': 'Errors of this library are told apart by their code afterwards too.',
  'error.aggregate': 'An AggregateError keeps its errors.',
  'error.anything-thrown': 'Whatever is thrown that is no Error becomes one, with what was thrown as its cause.',
  'error.unstorable-parts': 'Parts of an error that cannot cross are left out; the failure is recorded all the same.',
  'error.caught': 'An error that a body catches is its own business.',
  'error.nested': 'The error of a nested workflow is the error of the workflow around it, unchanged.',
  'error.non-retryable':
    'A NonRetryableError ends the attempts at once, also with an empty message and from a nested workflow.',
  'error.non-retryable-mark': 'Any error with an own `nonRetryable: true` counts as non-retryable; the record says so.',
  'error.tripwire':
    'A TripWire ends the run as `tripwire`, with its reason, options and processor id; it is not retried.',
  'error.tripwire-nested': 'A TripWire in a nested workflow ends the workflows around it in the same way.',
  'error.tripwire-places': 'A TripWire in a member, an arm, an iteration or an item ends the run in the same way.',
  'error.tripwire-beside-failure':
    'When a member fails and another one throws a TripWire, the first in the order of the block stands.',
  'error.tripwire-not-allowed': 'A TripWire is no failure that `allowFailure` allows.',
  'error.output-cannot-cross': 'A step whose output cannot cross fails, with an error that names step and place.',
  'error.input-cannot-cross':
    'An input that cannot cross rejects `start`; nothing has begun, and the run can be started.',
  'error.resume-data-cannot-cross': 'Resume data that cannot cross rejects `resume`; the run stays suspended.',
  'error.parsed-cannot-cross': 'A step fails when what its schema made of the input cannot cross.',
  'error.changes-cannot-cross':
    'A step fails when what it set in state or request context, suspended or bailed with cannot cross.',
  'error.too-deep': 'A value that is nested too deeply is refused as one that cannot cross.',
} as const
