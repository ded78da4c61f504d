/** What steps can ask for, and what one block hands to the next. */
export const dataflowBehaviours = {
  'dataflow.results-of-kinds':
    '`getStepResult` gives the output of a step, a map, a loop body, a foreach, a nested workflow, a member or an arm.',
  'dataflow.no-result':
    '`getStepResult` gives `null` for a step that does not exist, has not run yet, was not taken, or has failed.',
  'dataflow.empty-result': '`getStepResult` tells a step that gave nothing from one that has not run.',
  'dataflow.results-of-members': 'A member sees what ran before its block, and after the block each member is there.',
  'dataflow.results-elsewhere': 'Results and run input are the same after a resume in another process.',
  'dataflow.functions-after-a-resume':
    'After a resume, also in another process, maps, conditions and the functions of sleeps, loops and concurrencies see state, request context and run input as steps do, and all but concurrencies the results.',
  'dataflow.init-data': '`getInitData` gives the input of the innermost workflow, at every place in it.',
  'dataflow.handed-on': 'Each block hands its own kind of value to the next.',
  'dataflow.sleep': 'A sleep hands on what it was given.',
  'dataflow.empty-values': '`null` and `undefined` go through every kind of block as they are.',
  'dataflow.resumed-input': 'A resumed step has the input that it had when it suspended.',
  'dataflow.apart': 'What one body does to what it was given is not seen by others who are given the same.',
} as const
