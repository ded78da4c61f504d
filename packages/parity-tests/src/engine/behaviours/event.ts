/** Waiting for an event. */
export const eventBehaviours = {
  'event.payload':
    'A wait gives the payload of the event that comes for it; the step behind it gets that as its input.',
  'event.record':
    'A wait has a record, `waiting` while it lasts and then `success` with its input and the payload, and stands in the execution path.',
  'event.status': 'While nothing but waits is under way, the status of the run is `waiting`.',
  'event.ids': 'A wait without an id is named after its workflow and its place among the waits.',
  'event.why': 'Asked why a run waits, the engine names event and key, since when and until when.',
  'event.told': 'Those who watch are told that a step waits, and what came of it.',
  'event.sent-before': 'An event that was sent before anybody waited for it is delivered.',
  'event.sent-meanwhile': 'An event that is sent while the wait is being made is delivered.',
  'event.key': 'A wait gets events of its key alone; without one, those without one.',
  'event.key-function':
    'The key may be computed by a function, also an async one, which sees input, state, request context, run input and earlier results.',
  'event.key-throws':
    'A function of a key that throws, or gives no text, fails the run with an error that names the wait.',
  'event.schema': 'A payload goes through the schema of the event when it reaches the wait.',
  'event.misfit': 'A payload that does not fit fails the step, with the issues of the schema.',
  'event.idempotent':
    'An event that is sent again with the same idempotency key has no effect; with another key it is another event.',
  'event.once': 'One event is given to one wait, the one that has waited longest.',
  'event.timeout': 'A wait that no event reaches in time fails with an error that names step, event and key.',
  'event.timeout-null': 'Where that is said, it gives `null` instead.',
  'event.after-timeout': 'An event that comes after a wait has given up goes to the next wait.',
  'event.canceled': 'Canceling ends a wait at once; its event goes to the next wait.',
  'event.restart': 'Another process goes on with a wait, with what is left of its time.',
  'event.lost': 'A wait whose process was lost before anybody knew of it is made known by another one.',
  'event.in-blocks': 'Waits in members, items, iterations and nested workflows each wait for themselves.',
  'event.step-by-step':
    'A wait counts as a step of a run that goes step by step; while that is paused no event reaches it.',
  'event.travel': 'A wait that a time travel goes to waits for another event.',
  'event.resumes':
    'An event resumes a suspended step with its payload, through the resume schema; `start` has resolved before.',
  'event.or-resume': 'Whichever comes first resumes the step, the event or a `resume`; the other has no effect.',
  'event.suspended-items': 'Each suspended item, member or nested step has an event of its own.',
  'event.suspended-timeout': 'A suspended step that no event reaches in time fails, or is resumed with `null`.',
  'event.suspended-time': 'The time of a workflow stands still while its step is suspended until an event comes.',
  'event.options':
    'A wait whose event, key, time or outcome makes no sense is refused when it is defined, or fails the step that asks for it.',
} as const
