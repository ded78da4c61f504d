/** What a body is given, and what it can rely on. */
export const contextBehaviours = {
  'context.names': 'A body is told the ids of its run and workflow, the resource, and the path of its step.',
  'context.first-attempt': 'In a first attempt nothing speaks of a resume, a restart, a loop or a foreach.',
  'context.retry-count': '`retryCount` is 0 in the first attempt and one more in each that follows.',
  'context.init-data': '`getInitData` gives the input of the workflow that the step is a part of, as it was parsed.',
  'context.step-result':
    '`getStepResult` gives the output of a step that has succeeded, by id or by the step itself, and `null` otherwise.',
  'context.own-results': 'A step in a nested workflow finds the results of its own workflow, not of the one around it.',
  'context.nested': 'A step in a nested workflow has the run id of the parent and the workflow id of its own.',
  'context.stable': 'Whatever a body asks for twice in one attempt is the same object.',
  'context.apart': 'The functions of a context work when they are taken out of it.',
  'context.spread': 'A context may be spread into another object; nothing of it is lost.',
  'context.own-state': 'A body sees its own changes of the state at once.',
  'context.lazy': 'What a body looks at late is as it was when the attempt began.',
  'context.idempotency-key': '`idempotencyKey` is the same in all attempts of a step.',
  'context.attempt-key': '`attemptKey` is another one in each retry.',
  'context.distinct-keys':
    'Steps, iterations, items, nested workflows, legs between resumes and runs have keys of their own.',
  'context.services': '`services` are the very objects that the engine was given.',
  'context.secret': '`secret` asks the function that the engine was given, and nothing of its answer is recorded.',
  'context.no-secrets': 'Without such a function `secret` rejects.',
  'context.writer': '`writer` takes chunks, and those of one type as they are.',
  'context.abort': '`abort` ends the run as canceled.',
  'context.signal': '`abortSignal` is aborted with the reason `canceled` when the run is canceled.',
  'context.resume': '`resume` and `resumeData` are there only in attempts that a resume has caused.',
  'context.resume-facts': '`resume` tells what the caller of `resume` gave: the data, the label, the index.',
  'context.iteration': 'In a loop `iterationCount` says which iteration it is, in a foreach `index` which item.',
  'context.map': 'The function of a map is given all that a body is given.',
  'context.functions':
    'Functions that compute a sleep or a concurrency see input, state, request context and run input.',
  'context.ambient': 'Nothing that the process has in its async context when it calls the engine is seen by user code.',
  'context.request-context':
    'Changes of the request context are seen by the steps that follow, also in another process.',
  'context.request-context-deleted': 'A key that was deleted stays deleted.',
  'context.request-context-failed': 'What a failed attempt did to the request context is dropped.',
  'context.request-context-members': 'Changes of members that run side by side are merged by key.',
  'context.request-context-nested': 'Workflows and the workflows in them share the request context.',
  'context.schema-parsed':
    'What the schema of a workflow makes of a request context is recorded, and what every step sees, in any process: defaults, conversions, dates and maps.',
  'context.schema-of-a-step':
    'The body of a step finds in the request context what the schema of the step makes of it; others find what was there.',
  'context.schema-set':
    'A step fails, and is not tried again, when what it has set does not fit its schema or that of a workflow around it; what it deletes, and what others have set, is not its business.',
  'context.schema-again':
    'A schema that does not accept what it makes itself of a request context is refused with the first call.',
  'context.keys-of-any-name': 'Keys such as `__proto__` are keys like others, wherever a request context is given.',
  'context.never-mixed': 'Runs and items that are under way at the same time see nothing of what each other has set.',
  'context.services-of-each-process': 'Each process has services of its own; nothing of them is recorded.',
} as const
