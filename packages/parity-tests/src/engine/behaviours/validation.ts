/** What schemas are asked, when, and what follows when a value does not fit. */
export const validationBehaviours = {
  'validation.run-input': 'An input that does not fit rejects `start`; nothing has begun, and the run can be started.',
  'validation.run-state': 'An initial state that does not fit rejects `start` in the same way.',
  'validation.run-context': 'A request context that does not fit rejects `start` in the same way.',
  'validation.order': 'Input is checked before state, state before request context; the first misfit is reported.',
  'validation.resume-data':
    'Resume data that does not fit rejects `resume`; the run stays suspended and can be resumed.',
  'validation.step-input': 'A step whose input does not fit fails without its body having run.',
  'validation.step-context': "A step fails when the run's request context does not fit the step's schema for it.",
  'validation.suspend-payload': 'A payload that does not fit the suspend schema fails the step.',
  'validation.set-state':
    'Changes that do not fit the state schema of the step fail it, and nothing of them is recorded.',
  'validation.nested-input': 'A nested workflow whose input does not fit fails as a step does.',
  'validation.nested-context':
    'A nested workflow fails as a step does when the request context does not fit its schema for it.',
  'validation.issues':
    'A validation error has a `cause` that is an Error and lists the `issues`, each with path and message.',
  'validation.text': 'The text of a validation error has one line for each issue: `- path: message`.',
  'validation.leads': 'That text begins with what was checked, in words that do not change; the code says the same.',
  'validation.parsed':
    'What a schema makes of a value is what bodies, records and results show: defaults, transformations.',
  'validation.parsed-once': 'What a schema made of a value is recorded: retries and other processes get the same.',
  'validation.parsed-in-place':
    'A schema that changes the value in its hands is recorded like one that makes a new one.',
  'validation.own-copy': 'A body that changes a default given by a schema does not change it for the next run.',
  'validation.subset': 'A step may ask for less than the step before gave.',
  'validation.waiting-schema': 'A schema may answer with a promise.',
  'validation.throwing-schema':
    'A schema that throws fails what it was asked about, as a value does that does not fit.',
  'validation.caught': 'A body may catch the refusal of `suspend` or `setState` and go on.',
  'validation.inputs-off': '`validateInputs: false` switches the checks of everything that goes in off.',
  'validation.inputs-off-nested': 'A nested workflow that switches the checks off does so for its own steps only.',
  'validation.outputs-unchecked': 'Outputs are not checked unless that is asked for; the next step finds out.',
  'validation.step-output': 'With `validateOutputs: true` a step whose output does not fit fails.',
  'validation.run-output': 'With `validateOutputs: true` a workflow whose result does not fit fails.',
  'validation.parsed-output': 'With `validateOutputs: true` what the output schema makes of an output replaces it.',
  'validation.not-retried': 'A value that does not fit is not tried again, whatever the retry policy says.',
} as const
