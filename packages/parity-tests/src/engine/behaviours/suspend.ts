/** A step that waits for somebody outside. */
export const suspendBehaviours = {
  'suspend.result':
    'A suspended run says which steps are suspended, as paths of ids, and the payload of each under its top-level id.',
  'suspend.goes-on': '`suspend` does not throw: what stands behind it in the body runs.',
  'suspend.output': 'A truthy value that the body returns after `suspend` is kept as `suspendOutput`; others are not.',
  'suspend.no-payload': 'A step may suspend without a payload.',
  'suspend.times': 'The record says when the step was suspended, and after a resume when that was, and not before.',
  'suspend.record-after-resume':
    'After a resume the record has `resumePayload` and `resumedAt`, and nothing of the suspension any more.',
  'suspend.again':
    'A step may suspend any number of times; its record then has the last resume beside the new payload.',
  'suspend.nothing-left-over':
    'A step that suspends again has the payload, the output and the labels of that suspension, nothing of earlier ones.',
  'suspend.last-call':
    'A body that calls `suspend` several times suspends once, with the payload and the labels of the last call.',
  'suspend.or-bail': 'Of `suspend` and `bail` in one attempt the last call stands; a throw outweighs both.',
  'suspend.data': 'A resumed body gets in `suspendData` what it gave to `suspend` last time.',
  'suspend.stable': 'What a body is given on a resume is the same object whenever it looks in one attempt.',
  'suspend.copies': 'Payloads and resume data cross by value, whatever they hold.',
  'suspend.throw-after': 'A body that throws after `suspend` has failed, and is not suspended.',
  'suspend.throw-after-retried': 'Such a failure is retried as any other.',
  'suspend.stops': 'Nothing behind a suspended step runs before it is resumed.',
  'suspend.keeps-finished': 'A resume does not run finished steps again, and their outputs are there.',
  'suspend.schema': 'A payload goes through the suspend schema, and what the schema makes of it is kept.',
  'suspend.schema-misfit': 'A payload that does not fit the suspend schema fails the step.',
  'suspend.schema-off': 'Without validation of inputs the suspend schema is not asked.',
  'suspend.labels': 'A suspension may have one label or several; the result lists all labels with where they lead.',
  'suspend.labels-in-order':
    'Labels are told in the order of the graph and of items; one that several have set is told with the first of them.',
  'suspend.labels-used': 'A label is gone once its suspension was resumed.',
  'suspend.labels-asked-for': 'Who asks for resume labels is also told that there are none.',
  'suspend.nested-path': 'The path of a suspended step names every workflow around it, at any depth.',
  'suspend.nested-record': 'A nested workflow that waits is recorded as suspended, with the payload from inside.',
  'suspend.state': 'State that a body set before it suspended is there after the resume.',
  'suspend.context': 'What a body did to the request context before it suspended holds after the resume.',
  'suspend.outlives': 'What is suspended stays so, with the same records, in another process.',
  'suspend.bail-after-resume': 'A resumed body may bail.',
  'suspend.start-again': 'A resumed body runs from its top; nothing in it is remembered.',
  'suspend.map': 'A function of a map may suspend as a step does.',
} as const
