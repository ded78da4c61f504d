import type { FieldCase } from './field-case.js'

/** What is handed on, how large it is, and how it is named. */
export const valueCases: readonly FieldCase[] = [
  {
    number: 40,
    situation: 'A run has ten thousand steps or items: the last ones cost as much as the first.',
    tests: [
      [
        'packages/parity-tests/test/engine/flat-cost.test.ts',
        'commits as many bytes for the last thousand of 10,000 steps as for the first',
      ],
      [
        'packages/parity-tests/test/engine/flat-cost.test.ts',
        'commits as many bytes for the last thousand of 10,000 items as for the first',
      ],
    ],
  },
  {
    number: 41,
    situation:
      'A step gives five megabytes in hundreds of chunks, and ten steps hand it on: each writes it once, and steps that do not, do not.',
    tests: [
      [
        'packages/parity-tests/test/engine/large-output.test.ts',
        'writes an output of 500 chunks and 5 MB once for each of ten steps that hand it on, whole',
      ],
      [
        'packages/parity-tests/test/engine/large-output.test.ts',
        'writes it no second time for steps that only look at it',
      ],
    ],
  },
  {
    number: 42,
    situation: 'A value is larger than the storage takes: it goes to a store of the user’s, and comes back whole.',
    scenarios: [
      'offload.everywhere',
      'offload.once-for-the-same',
      'offload.store-that-fails',
      'offload.payload-that-is-gone',
    ],
  },
  {
    number: 43,
    situation: 'A step gives hundreds of kilobytes of bytes: they arrive as the bytes that they are.',
    scenarios: ['value.much-data'],
    rules: ['storage.values.bytes'],
  },
  {
    number: 44,
    situation: 'An error crosses a storage: class, name, own properties and the chain of causes are still there.',
    scenarios: [
      'error.name-message-stack',
      'error.three-causes',
      'error.properties-of-its-own',
      'error.class-without-a-name-of-its-own',
      'error.of-this-library',
      'hostile.thrown-by-a-body',
      'hostile.thrown-by-other-functions',
    ],
  },
  {
    number: 45,
    situation: 'An error that is not to be retried has no message: it is not retried all the same.',
    scenarios: ['error.not-to-be-retried', 'error.not-to-be-retried-in-a-nested-workflow'],
  },
  {
    number: 46,
    situation: 'A value cannot be stored: who handed it over is told at once, and nothing hangs.',
    scenarios: [
      'error.input-with-a-function',
      'error.output-with-a-function',
      'error.outputs-of-all-kinds-that-cannot-cross',
      'error.resume-data-with-a-function',
      'error.changes-with-a-function',
      'hostile.step-output',
      'hostile.run-input',
      'hostile.resume-data',
      'hostile.suspend-payload',
      'hostile.state-of-a-step',
    ],
  },
  {
    number: 47,
    situation: 'Texts have null bytes and halves of surrogate pairs in them: they cross unchanged.',
    scenarios: ['value.any-characters', 'hostile.step-output', 'hostile.run-input'],
    rules: ['storage.hostile.values', 'storage.hostile.facts', 'storage.hostile.ids'],
  },
  {
    number: 48,
    situation: 'Keys of data look like something of the storage’s or the language’s: they cross as they are.',
    scenarios: ['value.keys-of-prototypes', 'value.order-of-parts', 'hostile.keys-of-state-and-context'],
    rules: ['storage.hostile.json', 'storage.entries.as-given'],
  },
  {
    number: 49,
    situation: 'A time to wait is shorter than a second: it is kept to the millisecond.',
    scenarios: [
      'sleep.to-the-millisecond',
      'retry.to-the-millisecond',
      'timeout.to-the-millisecond',
      'timeout.run-to-the-millisecond',
    ],
  },
  {
    number: 50,
    situation: 'Two steps of a workflow have one id: the workflow is refused when it is defined.',
    scenarios: ['definition.same-id-at-every-place', 'inner.twice-in-a-row'],
  },
  {
    number: 51,
    situation:
      'Ids are in any script, very long, with dots and slashes, or names of built-in properties: they are ids like any others.',
    scenarios: [
      'ids.of-steps',
      'ids.of-members',
      'ids.of-workflows',
      'ids.of-runs',
      'sequence.odd-ids-that-suspend',
      'resume.ids-with-dots',
    ],
    rules: ['storage.hostile.ids', 'storage.hostile.long-ids', 'storage.hostile.joints'],
  },
]
