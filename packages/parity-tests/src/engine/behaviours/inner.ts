/** Workflows as steps of workflows. */
export const innerBehaviours = {
  'inner.result': 'The result of an inner workflow is the output of its step, at any depth.',
  'inner.record':
    'The steps of the outer workflow have a record of the inner one under its id, none of the steps in it.',
  'inner.failure': 'The error of a step in an inner workflow passes unchanged, with its own properties, at any depth.',
  'inner.identity': 'Steps of an inner workflow have the run id of the outermost and the workflow id of their own.',
  'inner.init-data': 'To steps of an inner workflow, the initial input is what the inner workflow was given.',
  'inner.step-results': 'Steps find the results of steps of the same workflow only, whatever is around it or in it.',
  'inner.same-ids': 'An inner workflow may use the ids of steps around it; their records and results stay apart.',
  'inner.input-schema':
    'The input schema of an inner workflow is applied once; all its steps see the value that it gave.',
  'inner.input-resumed': 'A resume does not apply the input schema of an inner workflow again.',
  'inner.state-out': 'State that is set in an inner workflow is seen by the workflow around it.',
  'inner.state-in': 'State that is set in the outer workflow is seen in the inner one.',
  'inner.state-suspended': 'State passes in and out of an inner workflow over suspensions and other processes as well.',
  'inner.bail': 'A bail ends the workflow that it stands in and none around it.',
  'inner.branch': 'An inner workflow may be an arm of a branch, and its id names its output there.',
  'inner.parallel': 'An inner workflow may be a member of a parallel; several run beside each other.',
  'inner.loop': 'An inner workflow may be the body of a loop; it runs from its beginning in each iteration.',
  'inner.twice': 'The same workflow may stand twice in another under different ids; under one id it is refused.',
  'inner.clone-workflow': 'A clone of a workflow under another id runs beside the original and has records of its own.',
  'inner.clone-step': 'A clone of a step under another id runs the same body and has a record of its own.',
  'inner.retries': 'The retries of a workflow are those of its own steps; an inner workflow is not retried as a whole.',
  'inner.cancel': 'A cancel of the run reaches a body that runs in an inner workflow; nothing behind it runs.',
  'inner.suspended-path':
    'A step that suspends in an inner workflow is told by a path of ids through all workflows around it, which resume takes as it is.',
  'inner.targets':
    'It is found by the path, by the path as text with dots, by the name of a workflow around it and by its label.',
  'inner.suspend-payload': 'The payload of a suspension stands under the id of the outermost inner workflow.',
  'inner.suspended-record':
    'While suspended, the outermost inner workflow is recorded as suspended with that payload; after the resume as succeeded.',
  'inner.suspended-again':
    'An inner workflow with several suspensions one after the other is resumed one by one, each with its own path.',
  'inner.several-suspended':
    'Inner workflows that are suspended beside each other are resumed one by one, in any order.',
  'inner.clones-suspended': 'A resume reaches the clone that it names, never the original.',
  'inner.goes-on': 'After a resume, steps before the suspension do not run again in any workflow.',
  'inner.elsewhere': 'Another process takes up a run that is suspended in inner workflows.',
  'inner.suspended-places': 'Inner workflows suspend and go on in arms of branches and in every iteration of a loop.',
  'inner.bail-resumed': 'A step may bail in an inner workflow when it is resumed; the outer ones go on.',
  'inner.failure-resumed': 'A step that fails in an inner workflow after a resume fails the run with its error.',
  'inner.retries-resumed': 'The retries of the inner workflow hold for steps that are resumed in it.',
  'inner.cancel-suspended':
    'A run that is suspended in an inner workflow can be canceled, and is not resumed any more.',
  'inner.known-after-resume':
    'After a resume, steps of an inner workflow know the same initial input, results and ids as before.',
  'inner.deep-blocks': 'Blocks between the workflows around a suspended step leave no mark in its path.',
  'inner.resumed-meanwhile': 'An inner workflow is resumed while a member beside it is still running.',
} as const
