/** The hook through which errors and lines of the logger go before they are told. */
export const redactBehaviours = {
  'redact.errors':
    'What the hook makes of the error of a step is what is recorded and told; it is told where that was.',
  'redact.class': 'Whatever a hook answers, an error keeps its name, its class and its code.',
  'redact.copy': 'The hook gets a copy: what was thrown stays as it is, for who has thrown it.',
  'redact.logs': 'Lines of the logger go through the hook, their texts and their details.',
  'redact.fails':
    'A hook that throws, or answers with a promise, changes nothing but what is told; the logger of each process hears of it once.',
  'redact.keys':
    '`redactKeys` leaves out what stands under the keys at any depth, in causes too, whatever else is there.',
} as const
