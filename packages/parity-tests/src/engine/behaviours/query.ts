/** What can be asked about runs without holding one. */
export const queryBehaviours = {
  'query.suspensions':
    '`suspensions`, where it is asked for, tells of each suspended step and item how to resume it and what it gave to `suspend`.',
  'query.get':
    '`runs.get` tells of a run what a list does, and its input, result or error, state, steps, paths and graph.',
  'query.fields':
    'With `fields` it tells what a list does and these members, nothing else; the request context only where it is named.',
  'query.fields-of-anything':
    'Without members in `fields` a stored run is told of also where its workflow is not registered.',
  'query.paths':
    'It tells by index paths which steps of the workflow itself are under way, which of them sleep, and which are suspended.',
  'query.from-memory': 'It says of a run that no storage has that it is from memory.',
  'query.get-under-way':
    'It tells of a run under way as far as it has come: finished, running, waiting and suspended steps.',
  'query.process-gone': 'Of a run whose process is gone it tells what was recorded.',
  'query.get-unknown': 'Of a run of which nothing was recorded it says that there is none.',
  'query.of-workflow': 'Asked about the runs of one workflow, it knows no others: neither by id nor in a list.',
  'query.nested':
    'Steps in nested workflows stand under keys such as `nested.step` at any depth, unless they are not wanted.',
  'query.nested-items': 'Steps of workflows that are items of a foreach stand under `nested[index].step`.',
  'query.nested-suspended':
    'Of what is suspended only the innermost step is; the workflows around it count as running.',
  'query.list':
    '`runs.list` gives recorded runs, the newest first, each with its workflow, status, tags, owner and times.',
  'query.filters':
    'A list holds the runs that fit all of what was asked: workflow, status, resource, every tag, time of creation.',
  'query.active': 'A list may hold only the runs that go on by themselves: those that run or sleep.',
  'query.paging': 'A list in pages holds each run once; the last page has no `next`.',
  'query.numbered-pages':
    'Pages may be asked for by their number and size, or all at once; they come with the total and with the `next` behind them.',
  'query.total': 'A list says how many runs fit, when it is asked to.',
  'query.follows': 'Lists follow the status of a run.',
  'query.why-ended': '`runs.why` says of a run that has ended that it waits for nothing.',
  'query.why-resume': 'It names the steps that wait for a resume, by their paths, with the item and the labels.',
  'query.why-timer': 'It names sleeps, delays before retries and limits of time, with the moment.',
  'query.why-running': 'It names user code that runs, with the attempt, the session that has it and since when.',
  'query.why-callback': 'It names callbacks of the run that are being made.',
  'query.why-start': 'Of a run that its first callback did not let begin it says that it waits for a start.',
  'query.why-paused': 'Of a paused run it says that it waits for a resume.',
  'query.why-several': 'It names everything that a run waits for.',
  'query.why-briefly': 'Its sentence names some of many reasons and says how many more there are.',
  'query.why-unknown': 'Of an unknown run it says so with an error.',
  'query.history':
    '`runs.history` tells everything that is recorded of a run, oldest first: when, what, at which step and attempt, by which session, and whether it had an effect.',
  'query.history-in-memory': 'Of a run that no storage has it tells nothing: what has happened in it is not kept.',
  'query.history-unknown': 'Of a run of which nothing was recorded it tells nothing.',
  'query.resource-id':
    'The resource id given when a run was made is kept for life: in rows, in steps and callbacks, whoever goes on with it.',
  'query.delete':
    '`runs.delete` removes runs that have ended and says how many; a deleted run is unknown to everybody.',
  'query.delete-ended-only': 'A run that has not ended is not deleted.',
  'query.delete-filters': 'Runs may be deleted by id, workflow, status and age, and so many at most.',
  'query.options': 'A wrong option of a query is refused with an error that names it.',
  'query.changes-nothing': 'Queries change nothing.',
} as const
