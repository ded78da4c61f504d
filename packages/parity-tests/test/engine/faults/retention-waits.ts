const BECAUSE = 'a look for what to delete that failed is made again a lease later, and these look once'

/** Scenarios that are not about how runs go on but about when they are deleted. */
export const retentionWaits: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'a-hundred-at-a-time',
    'after-its-callbacks',
    'an-hour',
    'callbacks-of-a-lost-process',
    'nothing-left',
    'of-some',
    'others-stay',
    'since-the-end',
  ].map((name) => [`retention.${name}`, BECAUSE]),
)
