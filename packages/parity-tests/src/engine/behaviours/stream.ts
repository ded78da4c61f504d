/** What those are told who watch a run. */
export const streamBehaviours = {
  'stream.chain':
    'A stream begins with one start and ends with one finish, with the start and the result of each step in between.',
  'stream.events':
    'Events of steps say what their records say, under a call id that is the same for one execution and no other.',
  'stream.result': 'The output of a stream has the result, the status and the events of what it began.',
  'stream.failure': 'A step that fails is told of with its error, and the finish says that the run has failed and why.',
  'stream.retry': 'However often a step is tried, it is told of as begun once and as over once.',
  'stream.nested':
    'Steps of nested workflows are told of under the ids on the way to them, between the start and the result of these.',
  'stream.foreach': 'A foreach is told of as begun, as over, and in between with its progress for each item.',
  'stream.blocks':
    'Members that run side by side are told of one by one, blocks and arms that are not taken not at all.',
  'stream.loop': 'Each iteration of a loop is told of, with its number.',
  'stream.sleep': 'A sleep is told of as waiting, and as over when it has ended.',
  'stream.suspension': 'A stream ends where its run is suspended; a resume has a stream of its own.',
  'stream.stays-open':
    'A stream that does not close on suspension goes on over resumes until the run has ended, with one start and one finish.',
  'stream.cancel': 'A canceled run is told of as canceled, and so are the steps that were under way.',
  'stream.pause': 'A run that pauses is told of as paused.',
  'stream.tripwire': 'A tripwire is told of in the finish, with its reason.',
  'stream.bail': 'A bail ends a stream as the success that it is.',
  'stream.time-travel': 'A time travel has a stream of its own, with what runs again.',
  'stream.chunks':
    'Chunks that are recorded are told at their own place, ahead of what their step comes to, to everybody and for ever.',
  'stream.chunks-option':
    'Whether chunks are recorded says the start of the run, or else its workflow; they are not unless somebody says so.',
  'stream.chunk-order':
    'What a step writes is told behind its start and ahead of its result, and nothing of it behind that.',
  'stream.live':
    'Chunks that are not recorded reach those who are there; whoever misses some is told that something is missing.',
  'stream.reset':
    'A step that is begun again, in a retry or because its process was lost, says that what it has written before is void.',
  'stream.own-place': 'Of two resumes at one moment the stream of each begins with that resume and no other.',
  'stream.without-steps':
    'A workflow may have its steps left out of all streams; what they write is told all the same.',
  'stream.usage': 'An output sums up the tokens of which steps tell in chunks or in what they come to, each once.',
  'stream.pipe': 'A writer takes streams and whatever else can be read chunk by chunk.',
  'stream.late': 'Readers may come at any time, and read all from the beginning.',
  'stream.observe':
    'What has happened in a run can be read in any process, from the beginning or from any event on, without a gap or a double.',
  'stream.leaves': 'A reader that leaves takes nothing from the run or from other readers.',
  'stream.refusal': 'A stream of what is refused brings nothing and ends; its result rejects as the call itself would.',
  'stream.place': 'A place that no event has is refused.',
  'stream.watch': 'A watcher is told what steps do from then on, with a finish behind each result, until it leaves.',
  'stream.watcher-throws': 'A watcher that throws disturbs neither the run nor others.',
} as const
