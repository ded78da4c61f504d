/** Everything together. */
export const composedBehaviours = {
  'composed.anything':
    'Whatever blocks, workflows, suspensions, retries, bails and sleeps are put together, and in whatever order, by whatever name, step by step or in whatever process a run is resumed: it comes to what a plain program would compute.',
  'composed.once': 'Every body runs as often as it was entered, resumed and retried, and no more.',
  'composed.complete': 'State and request context have in the end what every step has set, and nothing else.',
  'composed.one-end':
    'However its steps fail, a run ends once: nothing runs afterwards, nothing is recorded as under way, its callbacks are made once, and every process tells the same of it.',
} as const
