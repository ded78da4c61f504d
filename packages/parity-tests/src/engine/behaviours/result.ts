/** What a run came to, as whoever asks is told. */
export const resultBehaviours = {
  'result.fields':
    'Every result has status, run id, input, steps and execution path; success adds `result`, failure `error`, a tripwire `tripwire`, a suspension `suspended` and `suspendPayload`, and a pause or a cancel nothing.',
  'result.asked-for': 'State and resume labels come on top when they are asked for, labels only while suspended.',
  'result.record-fields':
    'A record has status, payload and the time it began, whatever its status; the rest follows from the status.',
  'result.payload': 'A record has a payload also when the step was given nothing.',
  'result.path-kinds':
    'Steps, maps, sleeps and nested workflows stand in the execution path; members, arms, bodies of loops and items do not.',
  'result.path-once': 'A step stands in the execution path once, however often it was tried, resumed or suspended.',
  'result.everywhere':
    'Whoever asks a run at rest gets the same result: the start, `result`, a start that attaches, a query, another process.',
  'result.own-options': 'Each call gets what it asked for itself, whatever others have asked for.',
} as const
