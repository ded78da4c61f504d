/** Runs that start by themselves. */
export const scheduleBehaviours = {
  'schedule.slots': 'At each slot of a schedule a run is started, never before it, and for each slot one.',
  'schedule.given': 'It is started with the input, state and request context that the schedule was put with.',
  'schedule.run-id': 'Its id is made of the schedule and the slot, and by a tag lists find the runs of a schedule.',
  'schedule.cron':
    'A cron expression is read in the time zone of the schedule: a time of day that a day does not have comes once, at the end of the gap, and one that it has twice comes once.',
  'schedule.interval':
    'The slots of an interval count from its start, or else from when it was put; whoever puts it again leaves its beat alone.',
  'schedule.span': 'No slot is before the start or after the end that a schedule was given.',
  'schedule.declared':
    'A schedule that comes with a workflow is put by whoever works on it, and each of several has an id of its own.',
  'schedule.declared-again':
    'Put again by another process it stays as it is; declared otherwise it is replaced; no longer declared it stays until it is deleted.',
  'schedule.engine': 'A workflow that comes with a schedule runs as any other.',
  'schedule.told':
    '`get` and `list` tell of a schedule what it was put with, whether it is paused, and when it fires next and fired last.',
  'schedule.put-again': 'What is put under a known id replaces it, and the slots that have passed stay passed.',
  'schedule.paused': 'While it is paused no slot fires; resumed, it goes on with the next one.',
  'schedule.triggered': 'A trigger starts a run at once, besides the slots, and paused ones too.',
  'schedule.deleted': 'Deleted, it fires no more; what runs goes on, and the id is free.',
  'schedule.beside': 'A slot whose predecessor still runs runs beside it, unless the schedule says otherwise.',
  'schedule.skip': 'With `skip` it is left out, and that is told.',
  'schedule.buffer':
    'With `buffer-one` it waits for the end of the run before it, and more than one that would wait is left out.',
  'schedule.cancel': 'With `cancel-running` the run before it is canceled.',
  'schedule.missed':
    'Of the slots that nobody could fire in time none, the last or all are fired later, as the schedule says; the others are told as missed.',
  'schedule.window': 'What was missed longer ago than the schedule says is not fired any more.',
  'schedule.once':
    'However many processes work, whatever their clocks show, and whichever of them are gone or begin anew: each slot fires once.',
  'schedule.elsewhere': 'When the process is gone that put or fired it, others fire what follows.',
  'schedule.kept':
    'A slot counts as fired only when the start of its run is stored, so that a run whose process is gone goes on elsewhere.',
  'schedule.ticked': 'A look for work fires what is due, and counts the runs that it has started.',
  'schedule.alone': 'Without a storage it is kept and fired in the process that put it, while it works.',
  'schedule.misfit': 'A slot whose run cannot be started any more is told as refused, and the next one is tried again.',
  'schedule.refused':
    'What is no schedule is refused before anything is put, with an error that names schedule, workflow and field.',
  'schedule.unknown': 'Of a schedule that there is not `get` tells nothing; to change it is refused.',
} as const
