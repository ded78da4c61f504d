/** Ending early with success. */
export const bailBehaviours = {
  'bail.ends-workflow':
    'A step that bails ends its workflow with success and the value that it gave; later steps do not run and have no record.',
  'bail.record': 'The step that bailed is recorded as succeeded with that value.',
  'bail.nothing': 'A bail without a value ends the workflow with `undefined`.',
  'bail.returns': 'Bailing does not end the body: what it does afterwards happens, and what it returns is dropped.',
  'bail.state': 'State that the step has set before it bailed is kept.',
  'bail.not-retried': 'A bail is not retried.',
  'bail.after-resume': 'A step may bail when it is resumed.',
  'bail.nested': 'A bail in a nested workflow ends that workflow alone; the one around it goes on with the value.',
  'bail.map': 'The function of a map may bail too.',
  'bail.member':
    'A bail in a member of a parallel ends that member alone: it is recorded as bailed, its value stands in the output, and the workflow goes on.',
  'bail.arm': 'A bail in an arm of a branch ends that arm alone, likewise.',
  'bail.no-step-result': 'To later steps, a member that has bailed has no result.',
  'bail.member-flow': 'In a member of several steps, a bail skips those behind it and is the value of the member.',
  'bail.member-workflow': 'A bail in a workflow that is a member ends that workflow; the member has succeeded.',
  'bail.loop-in-a-member': 'A bail in a loop or foreach inside a member ends the member.',
  'bail.item':
    'A bail in an item of a foreach ends the workflow with its value, which is the output of the foreach too; no further item begins.',
  'bail.items-in-flight': 'Items of a foreach that are under way when one bails run to their end first.',
  'bail.first-item': 'When several items bail, the first bail stands.',
  'bail.item-fails': 'An item that fails beside one that has bailed fails the run.',
  'bail.item-suspends': 'An item that is suspended when another bails is not waited for.',
  'bail.item-workflow': 'A bail in an item that is a workflow ends that item alone.',
  'bail.iteration-workflow':
    'A bail in an iteration that is a workflow ends that iteration alone: the condition is asked with its value.',
  'bail.innermost-member':
    'A bail reaches no further than the innermost member of a parallel or branch, or workflow, around it.',
  'bail.beside-suspension': 'A member that has bailed keeps its value while others are suspended.',
  'bail.loop-flow': 'A bail in a flow that is the body of a loop ends the workflow around the loop.',
  'bail.no-item-after-resume':
    'After a bail no further item begins, though one that is suspended is resumed while others are under way.',
} as const
