/** Loops: one body, again and again. */
export const loopBehaviours = {
  'loop.dowhile': 'A dowhile runs its body again for as long as the condition is true.',
  'loop.dountil': 'A dountil runs its body again until the condition is true.',
  'loop.at-least-once': 'The body of a loop runs at least once.',
  'loop.input':
    'Each iteration gets the output of the one before, the first the input of the loop; the last output is that of the loop.',
  'loop.condition-input':
    'The condition sees the output of the iteration that has just ended, and all that other conditions see.',
  'loop.iteration-count':
    'The condition is told how many iterations have ended, the body which one it is, both from 1.',
  'loop.record':
    'A loop keeps one record under the id of its body: that of the last iteration, with the number of iterations.',
  'loop.truthy': 'The condition may give a promise, and anything truthy counts as true.',
  'loop.condition-throws':
    'A condition that throws fails the run with an error that names the loop; the body does not run again.',
  'loop.body-throws': 'A body that throws fails the run, and no further iteration begins.',
  'loop.body-retries': 'A body is retried within its iteration; the count of iterations does not move.',
  'loop.suspension': 'Every iteration may suspend, and is resumed on its own.',
  'loop.fresh-iteration':
    'Resume data and the suspended payload belong to one iteration: the next one begins without them.',
  'loop.condition-once': 'The condition is evaluated once for each iteration, whatever is resumed or restarted.',
  'loop.bail': 'A bail in the body ends the workflow around the loop with its value; the condition is not asked.',
  'loop.workflow-body': 'The body may be a workflow; each iteration runs it anew.',
  'loop.flow-body': 'The body may be a flow of several steps; each keeps the record of its last iteration.',
  'loop.in-a-loop': 'A loop may stand in a loop; the inner one begins anew in each iteration of the outer one.',
  'loop.state': 'State that one iteration has set is there for the condition and for the next iteration.',
  'loop.restart':
    'Another process goes on with the iteration that was under way; those that have ended do not run again.',
  'loop.many': 'A loop may run many times and keeps nothing of the iterations before the last.',
  'loop.body-result': 'The condition finds what the body has just given under the id of the body too.',
  'loop.parallel-body': 'Members of a parallel in the body may suspend in every iteration.',
  'loop.lost-condition':
    'A condition that was being evaluated when its process was lost is evaluated by another one; the body does not run again.',
  'loop.undefined': 'An iteration that gives `undefined` or `null` hands just that on.',
} as const
