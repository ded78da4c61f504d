/** Arms of a branch and their conditions. */
export const branchBehaviours = {
  'branch.true-arms': 'Every arm whose condition is true runs, with the input of the block; the others do not.',
  'branch.output': 'A branch gives an object with the outputs of the arms that ran, and nothing of the others.',
  'branch.order': 'The outputs stand in the order in which the arms were written, whoever was faster.',
  'branch.none': 'When no condition is true the branch succeeds with an empty object, which the next step gets.',
  'branch.not-taken': 'An arm that was not taken has no record.',
  'branch.together': 'Arms that are taken are under way at the same time.',
  'branch.conditions-together': 'The conditions of a branch are evaluated at the same time.',
  'branch.truthy': 'A condition may give a promise, and anything truthy takes the arm.',
  'branch.condition-context':
    'A condition sees input, state, request context, run input and results of earlier steps, with a retry count of -1; it can neither suspend nor bail nor set state.',
  'branch.condition-copies': 'What a condition does to its input is seen by nobody else.',
  'branch.condition-throws':
    'A condition that throws fails the run with an error that names the arm and keeps what was thrown; no arm runs.',
  'branch.condition-is-not-retried':
    'A condition that throws is not evaluated again, whatever the retries of the workflow.',
  'branch.named-arms': 'Arms given as a record stand under their names in the output.',
  'branch.nested': 'A branch may stand in a workflow that stands in an arm.',
  'branch.arm-fails': 'When an arm fails the others run to their end; then the run fails.',
  'branch.suspensions': 'Several suspended arms are resumed one by one; the branch ends when all that ran have ended.',
  'branch.conditions-once': 'Conditions are evaluated once: not on a resume, and not in another process.',
  'branch.resume-keeps-arms': 'A resume runs no arm that was not taken, even if its condition would be true by now.',
  'branch.join-later': 'Steps behind a branch find the results of the arms that ran, and `null` for the others.',
  'branch.condition-sets-context': 'What conditions change in the request context is there for the steps behind them.',
  'branch.lost-condition':
    'Conditions that were being evaluated when their process was lost are evaluated by another one.',
} as const
