/** Runs that outlive the process that had them. Without a storage nothing does. */
export const recoveryBehaviours = {
  'recovery.alone': 'Without a storage a run lives in its engine, and no other engine knows it.',
  'recovery.suspended':
    'A suspended run may be resumed by any engine over its storage, while the first one lives or after it.',
  'recovery.watched': 'Who waits for a run is told of its end also when another process has brought it there.',
  'recovery.sleeping':
    'A sleep that comes due is ended by the `tick` of any engine; it lasts neither longer nor shorter for that.',
  'recovery.retry': 'A retry that comes due is made by any engine, as the attempt that it is.',
  'recovery.lost-body': 'A body whose process is gone runs again once that is known, with `restart: true`.',
  'recovery.same-attempt': 'It is the same attempt: retry count, keys, input, state and context are the same.',
  'recovery.late-result': 'What the old process brings after that is dropped, its bodies told `lost`.',
  'recovery.not-before': 'As long as a process lives nobody takes its bodies over, however long they run.',
  'recovery.finished-stays': 'Steps, members, items and conditions that have finished do not run again.',
  'recovery.resume-data': 'A body that was resumed and lost runs again with its resume data, falsy data included.',
  'recovery.one-takes': 'Of several engines that look at one moment one takes a run over; nothing runs twice.',
  'recovery.waiting': 'Who waits for a run whose process is gone brings it to its end.',
  'recovery.limit': '`tick` takes up no more runs than it was asked to, and says how many it took.',
  'recovery.others': 'An engine leaves runs of workflows that it does not have, or has in another form, to others.',
  'recovery.changed-graph':
    'A run whose workflow has changed since is refused with an error that says so, and can go on where it has not.',
  'recovery.closed': 'A closed engine refuses everything with `WF_CLOSED`.',
  'recovery.close-drains':
    'Bodies of an engine that closes are told `draining`, and who waits for their run is refused.',
  'recovery.close-waits':
    'An engine may be closed with time for its bodies: what they bring within it is recorded, and nothing new begins.',
  'recovery.close-twice': 'To close twice is to close once.',
  'recovery.after-close': 'What a closed engine has left goes on in another one.',
  'recovery.cancel-seen': 'A body is told that its run was canceled also when another process has done it.',
  'recovery.start-once':
    'A run that is started by several processes at one moment is executed once; those that attach all get its result.',
  'recovery.resume-once': 'Of resumes from several processes at one moment one wins.',
  'recovery.poison': 'A body that kills each process that runs it is given up after some times, and the run fails.',
  'recovery.poison-beside': 'What ran beside a body that kills its process, however often, is not taken for it.',
  'recovery.namespaces':
    'Engines of different namespaces do not see each other’s runs, also when their ids are the same.',
  'recovery.restart':
    'A run whose process was lost while it was running or waiting is taken up by `restart` in any process, and told as a start is.',
  'recovery.first-time': 'Steps that had not begun when the process was lost begin without `restart`.',
  'recovery.state': 'What a step that was lost had set in the state is as if it had not been.',
  'recovery.sleep-rest': 'A sleep that is taken up elsewhere lasts only for what is left of it.',
  'recovery.callbacks': 'A callback whose process is lost is made again, and so is one that was due after the end.',
  'recovery.restart-ended': 'A `restart` of a run that has ended answers as the run ended, and runs no step.',
  'recovery.restart-refused':
    'A `restart` of a run that was never recorded, is suspended or paused is refused with an error that says what to do.',
  'recovery.restart-context': 'A `restart` puts its request context over the recorded one, key by key.',
  'recovery.restart-alive': 'A `restart` leaves alone what a living process runs, and waits for it.',
  'recovery.restart-async': '`restartAsync` resolves as soon as the run is taken up.',
  'recovery.work':
    'An engine at work takes up what a lost process has left, by itself, within the lease and two seconds.',
  'recovery.work-timers': 'An engine at work ends sleeps and makes retries of others when they come due.',
  'recovery.work-many': 'Any number of engines may be at work on one storage; nothing runs twice.',
  'recovery.work-full': 'An engine at work that finds more than one look may take up looks again at once.',
  'recovery.work-refused': 'Without a storage, and without a schedule, `work` is refused with `WF_UNSUPPORTED`.',
  'recovery.tick-waits': '`tick` may wait until what it took up rests; it does not wait for moments that come later.',
  'recovery.close-releases':
    'What a closed engine was running is given back: others need not wait for its lease, and run it with `restart: true`.',
} as const
